-- What the operator's pages need.

-- Who did what. Nobody is named but by id: whose account is gone is an id that nobody has.
create table audit_event (
    id         uuid        primary key,
    at         timestamptz not null,
    -- Null: the command line, or the server by itself.
    actor_id   uuid,
    action     text        not null,
    about_id   uuid,
    details    jsonb       not null default '{}',
    ip         text        not null,
    request_id text        not null
);

create index audit_event_actor on audit_event (actor_id, id) where actor_id is not null;
create index audit_event_about on audit_event (about_id, id) where about_id is not null;
create index audit_event_action on audit_event (action, id);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'The audit log is only added to.';
end
$$;

create trigger audit_event_only_grows before update or delete or truncate on audit_event
    for each statement execute function refuse_change_of_audit();

-- An operator looks for people by any part of their names. A trusted extension since PostgreSQL 13.
create extension if not exists pg_trgm;
create index account_found on account using gin ((email_key || ' ' || username_key || ' ' || lower(first_name) || ' ' || lower(last_name)) gin_trgm_ops);
create index account_staff on account (id) where is_staff;
create index account_disabled on account (id) where not is_active;
