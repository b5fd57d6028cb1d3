-- What operators set while the server runs, over what it was started with.
create table setting_override (
    name       text        primary key,
    value      text        not null,
    changed_at timestamptz not null,
    -- By id: whose account is gone is an id that nobody has.
    changed_by uuid        not null
);
