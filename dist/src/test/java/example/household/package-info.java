/**
 * A source as somebody else would write it: it knows the vocabulary and the SPI and nothing else.
 * The tests compile it into a jar of its own; it is never on the class path of MHS.
 */
@NullMarked
package example.household;

import org.jspecify.annotations.NullMarked;
