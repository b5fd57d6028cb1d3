import type { components } from "./schema";

type Schemas = components["schemas"];

/// What the server answers has every field of its schema. Which of them can be null the schema does not
/// say: they are named here.
type Answered<T, Nullable extends keyof T = never> = {
  [Field in keyof T]-?: Field extends Nullable ? NonNullable<T[Field]> | null : NonNullable<T[Field]>;
};

type With<T, Fields> = Omit<T, keyof Fields> & Fields;

export type User = Answered<Schemas["UserView"], "last_login">;

export type ThemeChoice = "system" | "light" | "dark";

export type Preferences = Answered<Schemas["Preferences"], "language" | "default_model">;

export type Profile = With<Answered<Schemas["ProfileView"], "last_login">, { preferences: Preferences }>;

export type DeviceSession = Answered<Schemas["SessionView"], "ip" | "user_agent">;

export type KeyScope = "chats" | "models" | "memories";

export type ApiKey = With<
  Answered<Schemas["KeyView"], "expires_at" | "last_used_at">,
  { scopes: KeyScope[] }
>;

/// `key` is the secret, which is told this once.
export type NewApiKey = ApiKey & { key: string };

export type SecondFactor = Answered<Schemas["StatusView"], "enabled_at">;

/// What the authenticator app has to be told, as text and for its camera.
export type SecondFactorPreparation = Answered<Schemas["PreparationView"]>;

/// `provider` is what people call the OpenID provider that they may sign in with.
export type Entrance = Answered<Schemas["EntranceView"], "provider">;

/// Who somebody is at an OpenID provider.
export type LinkedIdentity = Answered<Schemas["LinkedIdentity"]>;

/// How the account can be signed in to. `fresh` stands for the password of who has none.
export type WaysIn = With<
  Answered<Schemas["WaysInView"]>,
  { identities: LinkedIdentity[]; passkeys: Passkey[] }
>;

/// What somebody signs in with instead of a password.
export type Passkey = Answered<Schemas["Passkey"], "last_used_at">;

/// What a device is to be asked for a new passkey; bytes are base64url.
export type AskedForPasskey = Answered<Schemas["NewPasskeyView"]>;

export type AskedToSign = Answered<Schemas["AskedView"]>;

/// Which ways into an account went with its forgotten password.
export type PasswordReset = Answered<Schemas["PasswordResetView"]>;

/// What an operator's decision took away.
export type VoidedWays = Answered<Schemas["VoidedWays"]>;

/// Who came back from the provider, and where to go on.
export type ProviderEntry = Pick<Answered<Schemas["ProviderEntryView"]>, "next" | "former_ways_ended"> & {
  user: User;
};

export type ChatImport = With<
  Answered<Schemas["ImportView"], "format" | "failure">,
  { skipped: Answered<Schemas["SkippedView"]>[] }
>;

type ChatFields = { settings: Schemas["ChatSettings"] };

export type Chat = With<Answered<Schemas["Chat"], "title" | "current_message_id">, ChatFields>;

/// What to change of a chat's settings: null takes one away.
export type ChatSettingsChange = {
  [Name in keyof Schemas["ChatSettings"]]?: Schemas["ChatSettings"][Name] | null;
};

/// An item of a list. `snippet` is escaped HTML with `<mark>`, and is there when it was searched for;
/// `message_id` is null when the title matched.
export type FoundChat = Chat & { snippet?: string | null; message_id?: string | null };

export type Rating = NonNullable<Schemas["Message"]["feedback"]>;

/// What the provider counted; `cached_tokens` where it says how many of the prompt's it had in its cache.
export type Usage = With<Answered<Schemas["Usage"]>, { cached_tokens?: number | null }>;

/// Only what is known of an answer is there. `reasoning` is what a reasoning model thought before it wrote.
export type MessageMetadata = With<
  Schemas["Metadata"],
  {
    error?: Answered<Schemas["Failure"]> | null;
    usage?: Usage | null;
    reasoning?: string | null;
    reasoning_millis?: number | null;
    takeovers?: number | null;
    memories?: string[] | null;
    recalled?: MemorySource[] | null;
    fallback?: Answered<Schemas["Fallback"]> | null;
  }
>;

export type Message = With<
  Answered<Schemas["Message"], "parent_id" | "client_id" | "feedback">,
  { metadata: MessageMetadata }
>;

export type Model = With<
  Answered<Schemas["ModelView"], "context_window">,
  { capabilities: Answered<Schemas["Capabilities"]> }
>;

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/// A stretch of one branch, oldest first. `next_cursor` leads to older messages, `prev_cursor` to newer ones;
/// `leaf_id` is what the branch ends in.
export interface MessagePage extends Page<Message> {
  prev_cursor: string | null;
  leaf_id: string | null;
}

/// A `parent_id` of null begins a new root; without one the question goes to the end of the branch.
export type SendMessage = With<Schemas["SendMessage"], { parent_id?: string | null; client_id: string }>;

/// The message that something was learned from.
export type MemorySource = Answered<Schemas["Source"]>;

/// `valid_to` is null while it is true, as far as is known.
export type Memory = With<
  Answered<Schemas["Memory"], "valid_to" | "superseded_by" | "used_at">,
  { sources: MemorySource[] }
>;

export type MemoryKind = Memory["kind"];

/// What was merged into another has no life of its own, and is in no list.
export type MemoryStatus = Exclude<Memory["status"], "merged">;

/// `old` is null for the first one.
export type MemoryChange = With<
  Answered<Schemas["HistoryItem"], "old" | "new">,
  { event: "ADD" | "UPDATE" | "SUPERSEDE" | "MERGE"; source: MemorySource | null }
>;

/// Somebody's account as operators see it.
export type Account = Answered<Schemas["AccountView"], "last_login">;

/// A limit of null is none.
export type UsageSpan = Answered<Schemas["UsageSpan"], "token_limit" | "cost_limit">;

/// What somebody has used of a day and a month, and may.
export type OwnUsage = With<Answered<Schemas["UsageView"]>, { day: UsageSpan; month: UsageSpan }>;

/// Times are null where there was no answer.
export type UsageFigures = Answered<
  Schemas["UsageFigures"],
  "first_p50_ms" | "first_p95_ms" | "last_p50_ms" | "last_p95_ms"
>;

export type UsageColumn = With<Answered<Schemas["UsageColumn"]>, { now: UsageFigures; before: UsageFigures }>;

export type UsageOverview = With<
  Answered<Schemas["UsageOverview"]>,
  {
    now: UsageFigures;
    before: UsageFigures;
    columns: UsageColumn[];
    models: Answered<Schemas["ModelUse"]>[];
    people: Answered<Schemas["PersonSpending"], "email">[];
  }
>;

/// `next` is null where nothing waits.
export type JobKind = Answered<Schemas["JobKind"], "next">;

export type FailedJob = Answered<Schemas["FailedJob"]>;

/// An id of somebody or something; `email` is null where it is no account, or none any more.
export type Named = Answered<Schemas["Named"], "email">;

/// `actor` is null for the command line and the server itself.
export type AuditEntry = With<
  Answered<Schemas["AuditEntry"]>,
  { actor: Named | null; about: Named | null; details: Record<string, string> }
>;

/// `changed_at` is null for one of the environment.
export type ModelProvider = With<
  Answered<Schemas["ProviderView"], "key_end" | "context_window" | "problem" | "changed_at">,
  { origin: "environment" | "operator"; models: string[] }
>;

/// `window_limit` and `max_tokens` are null where operators set nothing.
export type OfferedModel = Answered<Schemas["OfferedModel"], "window_limit" | "max_tokens">;

/// A setting that can be changed while the server runs; `changed_by` is null where nobody did.
export type InstanceSetting = With<
  Answered<Schemas["SettingView"], "changed_at">,
  { form: SettingForm; changed_by: Named | null }
>;

export type SettingForm = With<
  Answered<Schemas["Form"], "least" | "most">,
  { type: "choice" | "whole" | "decimal" | "items" | "words" | "text"; options: string[] }
>;

export interface Health {
  status: string;
  version: string;
  components: Record<string, { status: string; latency_ms?: number; detail?: string }>;
}
