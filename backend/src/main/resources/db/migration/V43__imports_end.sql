-- A person has one import at work at a time: of several the newest goes on.
update chat_import older
   set status = 'failed', failure = 'The file is lost. Send it again.', updated_at = now()
 where older.status in ('queued', 'running')
   and exists (select from chat_import newer
                where newer.owner_id = older.owner_id and newer.status in ('queued', 'running') and newer.id > older.id);

create unique index chat_import_at_work on chat_import (owner_id) where status in ('queued', 'running');

-- How often it was begun since anything of it was written.
alter table chat_import add column tries integer not null default 0;
