-- With which model everything of a person was embedded at last: who has another, or none, is looked through.
alter table memory_owner add column embedded_with text;

-- What a chat was about, in short; made anew as it goes on, and gone as soon as anything of the chat is forgotten.
create table memory_chat (
    chat_id  uuid        primary key references chat on delete cascade,
    owner_id uuid        not null references account on delete cascade,
    summary  text        not null,
    -- Whether a model wrote it, which a mere extract does not replace.
    by_model boolean     not null,
    -- Up to which message it tells.
    upto     uuid        not null,
    at       timestamptz not null
);

create index memory_chat_owner on memory_chat (owner_id, chat_id);
