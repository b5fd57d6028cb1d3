/// The shapes of the HTTP contract, named as the server names them.

export interface User {
  id: string;
  email: string;
  username: string;
  first_name: string;
  last_name: string;
  is_active: boolean;
  is_staff: boolean;
  date_joined: string;
  last_login: string | null;
}

export type ThemeChoice = "system" | "light" | "dark";

export interface Preferences {
  theme: ThemeChoice;
  contrast: string | null;
  language: string | null;
  default_model: string | null;
  custom_instructions: string | null;
  memory_enabled: boolean;
  memory_ask: boolean;
}

export interface Profile extends User {
  preferences: Preferences;
}

export interface DeviceSession {
  id: string;
  created_at: string;
  last_used_at: string;
  ip: string | null;
  user_agent: string | null;
  current: boolean;
}

export interface ChatSettings {
  model?: string | null;
  temperature?: number | null;
  max_tokens?: number | null;
  system_prompt?: string | null;
  memory_enabled?: boolean | null;
}

export interface Chat {
  id: string;
  title: string | null;
  created_at: string;
  updated_at: string;
  is_archived: boolean;
  is_pinned: boolean;
  is_temporary: boolean;
  settings: ChatSettings;
  current_message_id: string | null;
  message_count: number;
}

/// An item of a search: `snippet` is escaped HTML with `<mark>`, `message_id` null when the title matched.
export interface FoundChat extends Chat {
  snippet?: string | null;
  message_id?: string | null;
}

export type MessageStatus = "streaming" | "complete" | "stopped" | "interrupted" | "failed";
export type Rating = "up" | "down";

export interface MessageMetadata {
  model?: string | null;
  usage?: { prompt_tokens: number; completion_tokens: number } | null;
  finish_reason?: string | null;
  error?: string | { code?: string; message?: string } | null;
  memories?: string[];
  /// Kept by this page after the stream; the contract does not store it.
  reasoning?: string;
}

export interface Message {
  id: string;
  chat_id: string;
  parent_id: string | null;
  client_id: string | null;
  role: "user" | "assistant";
  content: string;
  status: MessageStatus;
  timestamp: string;
  metadata: MessageMetadata;
  feedback: Rating | null;
  siblings: string[];
}

export interface Model {
  id: string;
  name: string;
  provider: string;
  default: boolean;
  capabilities: { vision: boolean; reasoning: boolean; tools: boolean };
  context_window: number | null;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  prev_cursor?: string | null;
}

export interface SendMessage {
  content: string;
  parent_id?: string | null;
  model?: string;
  client_id: string;
}
