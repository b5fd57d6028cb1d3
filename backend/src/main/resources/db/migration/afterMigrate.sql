-- The second wall: to parley_app, whose rights requests have, a table shows the rows of the person in whose name the
-- connection works. Every table that names an owner gets its rule by itself; to any other parley_app has no right unless
-- it is named here. Done once a table; where the account may not make roles, nothing is done.
do $$
declare
    own text;
    ours record;
begin
    perform pg_advisory_xact_lock(7312845);
    begin
        if not exists (select from pg_roles where rolname = 'parley_app') then
            create role parley_app nologin;
        end if;
        if not exists (select from pg_roles where rolname = 'parley_system') then
            create role parley_system nologin;
        end if;
    exception
        -- Another database of the same server is made at the same time.
        when duplicate_object or unique_violation then null;
    end;
    -- Who makes a role may not take it before he has given it to himself.
    if not (select rolsuper from pg_roles where rolname = current_user) then
        begin
            execute format('grant parley_app, parley_system to %I', current_user);
        exception
            -- An administrator has given them to him.
            when insufficient_privilege then
                if not pg_has_role('parley_app', 'member') or not pg_has_role('parley_system', 'member') then
                    raise;
                end if;
        end;
    end if;
    execute format('grant usage on schema %I to parley_app, parley_system', current_schema());

    for ours in
        select c.oid, c.relname as name, c.relkind as kind, c.relrowsecurity as ruled,
               exists (select from pg_attribute a
                        where a.attrelid = c.oid and a.attname = 'owner_id' and not a.attisdropped) as owned
          from pg_class c
         where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'S')
           and c.relname <> 'flyway_schema_history'
    loop
        if ours.kind = 'S' then
            if not has_sequence_privilege('parley_system', ours.oid, 'usage') then
                execute format('grant usage on sequence %I to parley_app, parley_system', ours.name);
            end if;
            continue;
        end if;
        if not has_table_privilege('parley_system', ours.oid, 'insert') then
            execute format('grant select, insert, update, delete on %I to parley_system', ours.name);
        end if;
        own := case
            when ours.owned then 'owner_id = parley_user()'
            when ours.name = 'account' then 'id = parley_user()'
            when ours.name = 'answer_chunk' then 'exists (select from answer_run r where r.id = run_id)'
            when ours.name = 'answer_epoch' then 'exists (select from message m where m.id = message_id)'
            when ours.name = 'memory_use' then 'exists (select from memory m where m.id = memory_id)'
        end;
        if own is not null and not ours.ruled then
            execute format('alter table %I enable row level security', ours.name);
            execute format('create policy own on %I to parley_app using (%s) with check (%s)', ours.name, own, own);
            execute format('create policy everyones on %I to parley_system using (true) with check (true)', ours.name);
            execute format('grant select, insert, update, delete on %I to parley_app', ours.name);
        end if;
        -- What is left for the server: work, which is put off when it waits already; what was done, which is never looked
        -- at; ids of what has ended.
        if ours.name = 'scheduled_tasks' and not has_table_privilege('parley_app', ours.oid, 'insert') then
            grant select, insert, update on scheduled_tasks to parley_app;
        end if;
        if ours.name = 'audit_event' and not has_table_privilege('parley_app', ours.oid, 'insert') then
            grant insert on audit_event to parley_app;
        end if;
        if ours.name = 'api_key_end' and not has_table_privilege('parley_app', ours.oid, 'insert') then
            grant select, insert on api_key_end to parley_app;
        end if;
    end loop;
    -- The roles are the server's: an account of another instance there has taken them too, and would see all rows here
    -- as well.
    if exists (select from pg_auth_members
                where roleid = (select oid from pg_roles where rolname = 'parley_system')
                  and member <> (select oid from pg_roles where rolname = current_user))
       and exists (select from pg_database
                    where datname = current_database()
                      and datdba = (select oid from pg_roles where rolname = current_user))
       and has_database_privilege('public', current_database(), 'connect') then
        execute format('revoke connect on database %I from public', current_database());
    end if;
exception
    when insufficient_privilege then
        raise notice 'The account % may not make the roles for row-level security.', current_user;
end
$$;
