-- db-scheduler's table (its documented columns), and what failed for good.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

create table job_failure (
    id        uuid        primary key,
    task      text        not null,
    instance  text        not null,
    reason    text        not null,
    attempts  integer     not null,
    failed_at timestamptz not null
);

create index job_failure_newest on job_failure (failed_at desc, id desc);
