// Changes a name in place: Enter saves, Escape takes back, empty takes the name away.
import { el, setAttribute, styled, write } from '../dom.js';
import { nameOf } from '../order.js';

/** As many characters as the server takes. */
const LONGEST = 64;

/**
 * @param {HTMLElement} host beside whose children the field stands until it is done with
 * @param {Page.NameEdit} edit
 */
export function editName(host, { name, alias, ownName, save, ended }) {
  let closed = false;
  const problem = el('span', { class: 'field-problem', role: 'alert' });
  const field = el('input', {
    type: 'text',
    class: 'rename',
    maxlength: String(LONGEST),
    placeholder: ownName ?? 'a name of your own',
    'aria-label': `Name of ${name}; Enter saves, Escape takes back, empty takes the name away`,
    autocomplete: 'off',
    spellcheck: 'false',
    on: {
      keydown(event) {
        event.stopPropagation();
        if (event.key === 'Enter') void finish();
        if (event.key === 'Escape') close(true);
        if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
      },
      input: () => write(problem, ''),
      blur() {
        if (field.value.trim() === (alias ?? '')) close(false);
      },
    },
  });
  field.value = alias ?? '';
  const form = el('span', { class: 'editing' }, field, problem);

  function close(focus) {
    if (closed) return;
    closed = true;
    form.remove();
    setAttribute(host, 'data-editing', null);
    ended(focus);
  }

  async function finish() {
    const text = field.value.trim();
    if (text === (alias ?? '')) return close(true);
    field.disabled = true;
    const trouble = await save(text);
    if (trouble === null) return close(true);
    field.disabled = false;
    field.focus();
    write(problem, trouble);
    return undefined;
  }

  setAttribute(host, 'data-editing', true);
  host.append(form);
  field.focus();
  field.select();
}

/**
 * The same in the list.
 * @param {any} row @param {() => Wire.Device | undefined} deviceOf none: it has left the list
 * @param {(key: string, alias: string) => Promise<string | null>} rename
 */
export async function renameRow(row, deviceOf, rename) {
  await styled('css/rename.css');
  const device = deviceOf();
  if (device === undefined) return;
  editName(row.querySelector('td.name'), {
    name: nameOf(device),
    alias: device.alias,
    ownName: device.hostname,
    save: (alias) => rename(device.key, alias),
    ended: (focused) => focused && row.focus(),
  });
}
