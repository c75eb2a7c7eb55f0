-- The plan's stages, told anew from the legs and not from what the clocks said of them (5.1(8), A18, A58): half of the
-- target counted from the earliest 事发, the minute after the target, the minute after the limit.
CREATE TEMP VIEW stage AS
SELECT o.id AS obligation, s.code, s.due_at
FROM reporting_obligation o
CROSS JOIN LATERAL (VALUES
    ('reminder', o.anchor_earliest + (o.urgent_target_at - o.anchor_earliest) / 2),
    ('target_missed', date_trunc('minute', o.target_at) + interval '1 minute'),
    ('limit_passed', date_trunc('minute', o.limit_at) + interval '1 minute')
) AS s (code, due_at)
WHERE o.state = 'armed' AND s.due_at IS NOT NULL;

-- A leg can't be late before others could see it: when the transaction that armed it was committed.
CREATE TEMP VIEW armed AS
SELECT split_part(subject, ':', 2)::bigint AS obligation, pg_xact_commit_timestamp(xmin) AS visible_at
FROM audit_auditevent WHERE action = 'reporting.arm_clock';

CREATE TEMP VIEW fired AS
SELECT e.obligation_id AS obligation, e.stage AS code, e.source, e.fired_at, pg_xact_commit_timestamp(e.xmin) AS visible_at
FROM reporting_stageevent e;

CREATE TEMP VIEW told AS
SELECT split_part(subject, ':', 2)::bigint AS obligation, payload::jsonb ->> 'stage' AS code
FROM audit_auditevent WHERE action = 'reporting.fire_stage';

CREATE TEMP VIEW message AS
SELECT id, state, attempts,
    CASE WHEN dedupe_key LIKE 'stage:%' THEN split_part(dedupe_key, ':', 2)::bigint END AS obligation,
    CASE WHEN dedupe_key LIKE 'stage:%' THEN split_part(dedupe_key, ':', 3) END AS code
FROM outbox_message WHERE channel = 'inapp';

CREATE TEMP VIEW letter AS
SELECT c.ref::text || '-' || m.id AS ident, m.state, m.repeats, m.about
FROM outbox_message m JOIN outbox_contact c ON c.id = m.contact_id;

CREATE TEMP TABLE taken (ident text, is_marked bool);

CREATE TEMP TABLE blow (number int, what text, is_of_database bool, began timestamptz, over timestamptz);
CREATE TEMP TABLE acknowledged (reference text, ref uuid);

-- Due and armed, and the database there: from then on a stage is late. One that was due within the allowed lateness
-- before the database went away was not late yet.
CREATE TEMP VIEW late AS
SELECT f.*, extract(epoch FROM f.visible_at - greatest(s.due_at, a.visible_at, back.over))::float AS seconds,
    extract(epoch FROM f.visible_at - greatest(s.due_at, a.visible_at))::float AS with_outage
FROM fired f JOIN stage s USING (obligation, code) JOIN armed a USING (obligation)
LEFT JOIN LATERAL (
    SELECT max(over) AS over FROM blow
    WHERE is_of_database AND greatest(s.due_at, a.visible_at) BETWEEN began - :allowed AND over
) AS back ON true;
