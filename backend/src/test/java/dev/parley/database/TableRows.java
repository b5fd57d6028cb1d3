package dev.parley.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that stands in a database, to be compared with what stands there later, where tables may have more columns.
///
/// @param rows each as text, of each table
record TableRows(Map<String, String> columns, Map<String, List<String>> rows) {
    static TableRows of(TestDatabase database) {
        Map<String, String> columns = new TreeMap<>();
        database.jdbc().sql("""
                select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attname)
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                   and c.relname <> 'flyway_schema_history'
                 group by c.relname
                """).query(row -> {
            columns.put(row.getString(1), row.getString(2));
        });
        return of(database, columns);
    }

    /// The same columns of the same tables.
    TableRows now(TestDatabase database) {
        return of(database, columns);
    }

    /// With these tables empty.
    TableRows without(List<String> tables) {
        Map<String, List<String>> fewer = new TreeMap<>(rows);
        tables.forEach(table -> fewer.replace(table, List.of()));
        return new TableRows(columns, fewer);
    }

    private static TableRows of(TestDatabase database, Map<String, String> columns) {
        Map<String, List<String>> rows = new TreeMap<>();
        columns.forEach((table, its) -> rows.put(
                table,
                database.jdbc()
                        .sql("select cast(t as text) from (select " + its + " from " + table + ") t order by 1")
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .list()));
        return new TableRows(columns, rows);
    }
}
