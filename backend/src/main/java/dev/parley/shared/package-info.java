/// What every module has: ids, errors, time, paging. No Spring, no SQL.
@NullMarked
package dev.parley.shared;

import org.jspecify.annotations.NullMarked;
