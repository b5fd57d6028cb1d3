-- A message that goes takes along what a summary tells of it: whoever takes a turn away takes its chat's summary too. In
-- this order: who writes a summary holds the person's row.
create or replace function memory_turns_gone() returns trigger language plpgsql as $$
begin
    update memory_owner set epoch = epoch + 1 where owner_id in (select owner_id from gone);
    delete from memory_chat where chat_id in (select chat_id from gone);
    return null;
end
$$;

-- Which memory took the place: its words leave the history with it, whatever became of the one that it replaced.
alter table memory_event add column successor uuid;

update memory_event e
   set successor = coalesce(
           m.superseded_by,
           (select s.id from memory s where s.owner_id = e.owner_id and s.content = e.new order by s.id desc limit 1))
  from memory m
 where m.id = e.memory_id and e.event = 'SUPERSEDE' and e.new is not null;

create index memory_event_successor on memory_event (successor) where successor is not null;

-- Which answers were told of a message, or of a memory that is kept elsewhere.
create index message_recalled on message using gin ((metadata -> 'recalled') jsonb_path_ops)
    where metadata -> 'recalled' is not null;
create index message_memories on message using gin ((metadata -> 'memories') jsonb_path_ops)
    where metadata -> 'memories' is not null;
