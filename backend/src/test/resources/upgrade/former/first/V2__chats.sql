-- Chats, the tree of their messages, and what is searched.

-- A trusted extension since PostgreSQL 13: it puts the owner into the text index.
create extension if not exists btree_gin;

create table chat (
    id                 uuid        primary key,
    owner_id           uuid        not null references account on delete cascade,
    client_id          uuid,
    title              text,
    settings           jsonb       not null default '{}',
    is_archived        boolean     not null default false,
    is_pinned          boolean     not null default false,
    is_temporary       boolean     not null default false,
    -- The leaf of the branch that is shown. No reference: it is written with the message, and a deleted one is replaced.
    current_message_id uuid,
    message_count      integer     not null default 0,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    -- Of the last message: renaming a chat does not make it recent.
    active_at          timestamptz not null,
    deleted_at         timestamptz,
    constraint chat_client_id unique (owner_id, client_id)
);

create index chat_list on chat (owner_id, is_archived, is_pinned desc, active_at desc, id desc)
    where deleted_at is null and not is_temporary;
create index chat_deleted on chat (deleted_at) where deleted_at is not null;
create index chat_temporary on chat (created_at) where is_temporary;

create table message (
    id               uuid        primary key,
    chat_id          uuid        not null references chat on delete cascade,
    owner_id         uuid        not null,
    parent_id        uuid        references message on delete cascade,
    client_id        uuid,
    role             text        not null check (role in ('user', 'assistant')),
    content          text        not null,
    status           text        not null
        check (status in ('streaming', 'complete', 'stopped', 'interrupted', 'failed')),
    metadata         jsonb       not null default '{}',
    feedback         text        check (feedback in ('up', 'down')),
    feedback_comment text,
    created_at       timestamptz not null,
    constraint message_client_id unique (chat_id, client_id)
);

-- Siblings by age: ids are UUIDv7.
create index message_children on message (parent_id, id) where parent_id is not null;
create index message_roots on message (chat_id, id) where parent_id is null;
create index message_chat on message (chat_id, id);

-- Apart from the message, so that the index is small and the owner is inside it: a common word of one user costs the
-- same however many others use it.
create table message_search (
    message_id uuid     primary key references message on delete cascade,
    owner_id   uuid     not null,
    chat_id    uuid     not null,
    tsv        tsvector not null
);

create index message_search_tsv on message_search using gin (owner_id, tsv);

-- The title as it is searched; written by the application, which cuts languages without spaces into bigrams.
create table chat_search (
    chat_id  uuid     primary key references chat on delete cascade,
    owner_id uuid     not null,
    tsv      tsvector not null
);

create index chat_search_tsv on chat_search using gin (owner_id, tsv);
