CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;

CREATE TABLE public."__EFMigrationsHistory" (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL
);

CREATE TABLE public.account_deletions (
    user_id uuid NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.audit_log (
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    act text NOT NULL,
    actor_id uuid,
    by_key boolean NOT NULL,
    user_id uuid,
    conversation_id uuid,
    details jsonb,
    trace_id text,
    CONSTRAINT audit_log_check CHECK (((actor_id IS NOT NULL) OR by_key))
);

CREATE TABLE public.blocks (
    user_id uuid NOT NULL,
    blocked_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT blocks_check CHECK ((user_id <> blocked_id))
);

CREATE TABLE public.changes (
    conversation_id uuid NOT NULL,
    rev bigint NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.compactions (
    conversation_id uuid NOT NULL,
    marked_rev bigint NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    removed_rev bigint DEFAULT 0 NOT NULL,
    scanned_rev bigint,
    settled bigint DEFAULT 0 NOT NULL
);

CREATE TABLE public.conversations (
    id uuid NOT NULL,
    kind text NOT NULL,
    title text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_seq bigint DEFAULT 0 NOT NULL,
    last_rev bigint DEFAULT 0 NOT NULL,
    kept_rev bigint DEFAULT 0 NOT NULL,
    membership_version bigint DEFAULT 0 NOT NULL,
    member_count integer DEFAULT 0 NOT NULL,
    first_member_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    active_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_sender_id uuid,
    last_kind text,
    last_text text,
    direct_low uuid,
    direct_high uuid,
    compact_at timestamp with time zone DEFAULT now() NOT NULL,
    description text,
    picture_id uuid,
    deleted_at timestamp with time zone,
    CONSTRAINT conversations_check CHECK (((kind = 'direct'::text) = ((direct_low IS NOT NULL) AND (direct_high IS NOT NULL) AND (direct_low < direct_high)))),
    CONSTRAINT conversations_kind_check CHECK ((kind = ANY (ARRAY['direct'::text, 'group'::text, 'channel'::text])))
)
WITH (fillfactor='50');

CREATE TABLE public.data_protection_keys (
    id uuid NOT NULL,
    friendly_name text NOT NULL,
    xml text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.exports (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    until timestamp with time zone NOT NULL
);

CREATE TABLE public.file_audit (
    one boolean DEFAULT true NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    files bigint NOT NULL,
    missing bigint NOT NULL,
    wrong_size bigint NOT NULL,
    orphans bigint NOT NULL,
    CONSTRAINT file_audit_one_check CHECK (one)
);

CREATE TABLE public.file_checks (
    id bigint NOT NULL,
    file_id uuid NOT NULL,
    due_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE public.file_checks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.file_checks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.file_removals (
    file_id uuid NOT NULL,
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.file_uses (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    file_id uuid NOT NULL
);

CREATE TABLE public.files (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    width integer,
    height integer,
    duration_ms integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sha256 bytea,
    encrypted boolean DEFAULT false NOT NULL,
    metadata text,
    scan text DEFAULT 'unscanned'::text NOT NULL,
    scan_at timestamp with time zone,
    scan_found text,
    thumbnail_id uuid,
    thumbnail_type text,
    thumbnail_width integer,
    thumbnail_height integer
);

CREATE TABLE public.hidden_messages (
    user_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.installation (
    only_row boolean DEFAULT true NOT NULL,
    epoch uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT installation_only_row_check CHECK (only_row)
);

CREATE TABLE public.invites (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    uses_max integer,
    uses integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.members (
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    joined_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    left_at timestamp with time zone,
    read_seq bigint DEFAULT 0 NOT NULL,
    delivered_seq bigint DEFAULT 0 NOT NULL,
    muted_until timestamp with time zone,
    archived_seq bigint,
    marked_unread boolean DEFAULT false NOT NULL,
    CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])))
)
WITH (fillfactor='80');

CREATE TABLE public.mentions (
    conversation_id uuid NOT NULL,
    user_id uuid NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.message_versions (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    rev bigint NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL
);

CREATE TABLE public.messages (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    rev bigint NOT NULL,
    sender_id uuid NOT NULL,
    client_id uuid NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    reactions jsonb,
    content jsonb,
    reply_to bigint,
    thread_root bigint,
    reply_count integer,
    last_reply_at timestamp with time zone,
    forwarded boolean,
    pinned_at timestamp with time zone,
    mentions uuid[],
    tally jsonb,
    counted_at timestamp with time zone
)
WITH (fillfactor='85');

CREATE TABLE public.pins (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    pinned_by uuid NOT NULL
);

CREATE TABLE public.reactions (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    user_id uuid NOT NULL,
    emoji text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.recount_queue (
    id bigint NOT NULL,
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    trace_parent text
);

ALTER TABLE public.recount_queue ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.recount_queue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.retired_user_names (
    name_hash bytea NOT NULL
);

CREATE TABLE public.schedule (
    name text NOT NULL,
    due_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    claims bigint DEFAULT 0 NOT NULL
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    family_hash bytea NOT NULL,
    refresh_hash bytea NOT NULL,
    previous_hash bytea,
    generation integer DEFAULT 1 NOT NULL,
    user_agent text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_refreshed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT sessions_user_agent_check CHECK ((char_length(user_agent) <= 256))
);

CREATE TABLE public.uploads (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    size bigint NOT NULL,
    received bigint DEFAULT 0 NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    width integer,
    height integer,
    duration_ms integer,
    encrypted boolean NOT NULL,
    metadata text,
    writer uuid,
    writer_until timestamp with time zone,
    finished_at timestamp with time zone,
    ended_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.user_changes (
    user_id uuid NOT NULL,
    rev bigint NOT NULL,
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.user_streams (
    user_id uuid NOT NULL,
    last_rev bigint NOT NULL,
    kept_rev bigint DEFAULT 0 NOT NULL,
    compact_at timestamp with time zone DEFAULT now() NOT NULL,
    marked_rev bigint DEFAULT 0 NOT NULL,
    marked_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE public.users (
    id uuid NOT NULL,
    user_name text NOT NULL COLLATE pg_catalog."C",
    normalized_user_name text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL,
    folded_display_name text GENERATED ALWAYS AS (lower((display_name COLLATE "und-x-icu"))) STORED NOT NULL COLLATE pg_catalog."C",
    role text DEFAULT 'user'::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    email text,
    normalized_email text,
    email_confirmed boolean DEFAULT false NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number text,
    phone_number_confirmed boolean DEFAULT false NOT NULL,
    two_factor_enabled boolean DEFAULT false NOT NULL,
    lockout_end timestamp with time zone,
    lockout_enabled boolean DEFAULT true NOT NULL,
    access_failed_count integer DEFAULT 0 NOT NULL,
    suspended_at timestamp with time zone,
    suspension_reason text,
    deleted_at timestamp with time zone,
    CONSTRAINT users_check CHECK (((suspended_at IS NULL) = (suspension_reason IS NULL))),
    CONSTRAINT users_display_name_check CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 64))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'operator'::text]))),
    CONSTRAINT users_suspension_reason_check CHECK ((char_length(suspension_reason) <= 500)),
    CONSTRAINT users_user_name_check CHECK ((user_name ~ '^[a-z0-9_.-]{3,32}$'::text))
);

CREATE TABLE public.votes (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    user_id uuid NOT NULL,
    choices integer NOT NULL,
    voted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT votes_choices_check CHECK ((choices > 0))
);

ALTER TABLE ONLY public."__EFMigrationsHistory"
    ADD CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId");

ALTER TABLE ONLY public.account_deletions
    ADD CONSTRAINT account_deletions_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (at, id);

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_pkey PRIMARY KEY (user_id, blocked_id);

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (conversation_id, rev) INCLUDE (seq);

ALTER TABLE ONLY public.compactions
    ADD CONSTRAINT compactions_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_direct_low_direct_high_key UNIQUE (direct_low, direct_high);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.data_protection_keys
    ADD CONSTRAINT data_protection_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.file_audit
    ADD CONSTRAINT file_audit_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.file_checks
    ADD CONSTRAINT file_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.file_removals
    ADD CONSTRAINT file_removals_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.file_uses
    ADD CONSTRAINT file_uses_pkey PRIMARY KEY (conversation_id, seq);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hidden_messages
    ADD CONSTRAINT hidden_messages_pkey PRIMARY KEY (user_id, conversation_id, seq);

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (conversation_id, user_id);

ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_pkey PRIMARY KEY (conversation_id, user_id, seq);

ALTER TABLE ONLY public.message_versions
    ADD CONSTRAINT message_versions_pkey PRIMARY KEY (conversation_id, seq, rev);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (conversation_id, seq);

ALTER TABLE ONLY public.pins
    ADD CONSTRAINT pins_pkey PRIMARY KEY (conversation_id, seq);

ALTER TABLE ONLY public.reactions
    ADD CONSTRAINT reactions_pkey PRIMARY KEY (conversation_id, seq, user_id, emoji);

ALTER TABLE ONLY public.recount_queue
    ADD CONSTRAINT recount_queue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.retired_user_names
    ADD CONSTRAINT retired_user_names_pkey PRIMARY KEY (name_hash);

ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_family_hash_key UNIQUE (family_hash);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_changes
    ADD CONSTRAINT user_changes_pkey PRIMARY KEY (user_id, rev);

ALTER TABLE ONLY public.user_streams
    ADD CONSTRAINT user_streams_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_normalized_user_name_key UNIQUE (normalized_user_name);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.votes
    ADD CONSTRAINT votes_pkey PRIMARY KEY (conversation_id, seq, user_id);

CREATE INDEX audit_log_act ON public.audit_log USING btree (act, at, id);

CREATE INDEX audit_log_actor ON public.audit_log USING btree (actor_id, at, id);

CREATE INDEX audit_log_conversation ON public.audit_log USING btree (conversation_id, at, id);

CREATE INDEX audit_log_key ON public.audit_log USING btree (at, id) WHERE by_key;

CREATE INDEX audit_log_user ON public.audit_log USING btree (user_id, at, id);

CREATE INDEX conversations_channels ON public.conversations USING btree (lower((title COLLATE "und-x-icu")) COLLATE "C", id) WHERE ((kind = 'channel'::text) AND (deleted_at IS NULL));

CREATE INDEX conversations_compact_at ON public.conversations USING btree (compact_at);

CREATE INDEX conversations_kind ON public.conversations USING btree (kind, id);

CREATE INDEX conversations_picture ON public.conversations USING btree (picture_id) WHERE (picture_id IS NOT NULL);

CREATE INDEX file_checks_due ON public.file_checks USING btree (due_at);

CREATE INDEX file_uses_file ON public.file_uses USING btree (file_id);

CREATE INDEX file_uses_kind ON public.file_uses USING btree (conversation_id, kind, seq);

CREATE INDEX files_owner ON public.files USING btree (owner_id) INCLUDE (size);

CREATE INDEX files_owner_id ON public.files USING btree (owner_id, id);

CREATE INDEX files_scan ON public.files USING btree (scan_at) WHERE (scan = 'pending'::text);

CREATE UNIQUE INDEX files_thumbnail ON public.files USING btree (thumbnail_id) WHERE (thumbnail_id IS NOT NULL);

CREATE INDEX invites_conversation_id ON public.invites USING btree (conversation_id, id);

CREATE INDEX members_of_user ON public.members USING btree (user_id, conversation_id);

CREATE INDEX members_user_id ON public.members USING btree (user_id) WHERE (left_at IS NULL);

CREATE UNIQUE INDEX messages_client_id ON public.messages USING btree (conversation_id, sender_id, client_id);

CREATE INDEX messages_thread ON public.messages USING btree (conversation_id, thread_root, seq) WHERE (thread_root IS NOT NULL);

CREATE INDEX reactions_emoji ON public.reactions USING btree (conversation_id, seq, emoji, created_at, user_id);

CREATE INDEX reactions_user_id ON public.reactions USING btree (user_id, conversation_id, seq, emoji);

CREATE INDEX sessions_ended ON public.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX sessions_live ON public.sessions USING btree (user_id, last_refreshed_at) WHERE (ended_at IS NULL);

CREATE INDEX sessions_refreshed ON public.sessions USING btree (last_refreshed_at) WHERE (ended_at IS NULL);

CREATE INDEX sessions_user_id ON public.sessions USING btree (user_id, id);

CREATE INDEX uploads_expires ON public.uploads USING btree (expires_at);

CREATE INDEX uploads_owner ON public.uploads USING btree (owner_id, created_at);

CREATE INDEX user_streams_compact_at ON public.user_streams USING btree (compact_at);

CREATE INDEX users_folded_display_name ON public.users USING btree (folded_display_name, user_name);

CREATE INDEX users_operators ON public.users USING btree (id) WHERE (role = 'operator'::text);

CREATE INDEX users_suspended ON public.users USING btree (user_name) WHERE (suspended_at IS NOT NULL);

CREATE UNIQUE INDEX users_user_name ON public.users USING btree (user_name);

CREATE INDEX votes_user_id ON public.votes USING btree (user_id, conversation_id, seq);

ALTER TABLE ONLY public.account_deletions
    ADD CONSTRAINT account_deletions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.compactions
    ADD CONSTRAINT compactions_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.user_streams
    ADD CONSTRAINT user_streams_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

GRANT USAGE ON SCHEMA public TO chat;

GRANT SELECT ON TABLE public."__EFMigrationsHistory" TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_deletions TO chat;

GRANT SELECT,INSERT ON TABLE public.audit_log TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.blocks TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.changes TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.compactions TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.conversations TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.data_protection_keys TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exports TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_audit TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_checks TO chat;

GRANT USAGE ON SEQUENCE public.file_checks_id_seq TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_removals TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_uses TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.files TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.hidden_messages TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.installation TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invites TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.members TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mentions TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_versions TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pins TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reactions TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recount_queue TO chat;

GRANT USAGE ON SEQUENCE public.recount_queue_id_seq TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.retired_user_names TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.schedule TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.uploads TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_changes TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_streams TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO chat;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.votes TO chat;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT USAGE ON SEQUENCES  TO chat;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO chat;
