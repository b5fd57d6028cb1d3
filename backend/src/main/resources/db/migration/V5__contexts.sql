-- What prompts leave out of long branches.

-- A prompt for a model whose window is at most context_window begins after this message. What is above it is left out,
-- and told by the summary where there is one. All branches through the message share the row; it goes with the message,
-- and so with anything above it: no summary outlives what it tells.
create table context_cut (
    message_id     uuid        primary key references message on delete cascade,
    chat_id        uuid        not null,
    owner_id       uuid        not null,
    context_window integer     not null,
    summary        text,
    -- Down to which message the summary goes: this one, or one above it until the next summary is made. Without a
    -- reference: a message cannot go without those below it.
    summarised_to  uuid,
    model          text,
    created_at     timestamptz not null
);

create index context_cut_chat on context_cut (chat_id, message_id);
create index context_cut_owner on context_cut (owner_id, message_id);
