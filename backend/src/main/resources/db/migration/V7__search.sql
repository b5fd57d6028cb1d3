-- Search looks at its owner's words alone.

-- Each word begins with three digits of its owner: in an index of (owner_id, tsv) a word has the messages of all owners,
-- and what begins like one has those of all such words, before they are cut down to the owner's.
drop index message_search_tsv;
drop index chat_search_tsv;
truncate message_search, chat_search;
create index message_search_tsv on message_search using gin (tsv);
create index chat_search_tsv on chat_search using gin (tsv);

-- While this has a row, a job indexes what was written before: the messages below this id, the newest first.
create table search_backlog (
    before uuid not null
);

insert into search_backlog
select 'ffffffff-ffff-ffff-ffff-ffffffffffff' where exists (select from chat);
