/** A source that no program should have to live with. */
@NullMarked
package example.hanging;

import org.jspecify.annotations.NullMarked;
