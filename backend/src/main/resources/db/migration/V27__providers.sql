-- What operators decide about language models while the server runs.

-- Providers beside those of the environment.
create table provider (
    name           text        primary key,
    dialect        text        not null,
    url            text        not null,
    -- Encrypted with SECRET_KEY; null: it needs none.
    api_key        text,
    -- Its last characters, by which people know it again.
    key_end        text        not null,
    -- Empty: those that it lists.
    models         text[]      not null,
    context_window integer,
    enabled        boolean     not null,
    created_at     timestamptz not null,
    changed_at     timestamptz not null
);

-- Those of the environment that are not to be asked.
create table provider_off (
    name text primary key
);

-- By the id that the list of models shows. What has no line is as its provider has it.
create table model_rule (
    id             text    primary key,
    enabled        boolean not null,
    context_window integer,
    max_tokens     integer
);
