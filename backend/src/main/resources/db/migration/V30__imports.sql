-- Files whose chats are taken over, and how far that is. What was skipped is counted by its reason.
create table chat_import (
    id         uuid primary key,
    owner_id   uuid        not null references account (id) on delete cascade,
    status     text        not null check (status in ('queued', 'running', 'done', 'failed')),
    format     text,
    remember   boolean     not null,
    total      integer     not null default 0,
    done       integer     not null default 0,
    imported   integer     not null default 0,
    skipped    jsonb       not null default '{}',
    failure    text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index chat_import_of_owner on chat_import (owner_id, id);
