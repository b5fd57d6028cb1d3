import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { inOwnWords } from "./server-sentences";

/// The one error that a call can end in. `code` is the server's, or `NETWORK` when no answer came,
/// or `UNREADABLE` when something between us and the server answered in its place.
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }

  get requestId(): string | null {
    return typeof this.details.request_id === "string" ? this.details.request_id : null;
  }

  /// The sentences of a `VALIDATION_ERROR` for one field.
  field(name: string): string | null {
    const fields = this.details.fields;
    if (typeof fields !== "object" || fields === null) return null;
    const sentences = (fields as Record<string, unknown>)[name];
    return Array.isArray(sentences) ? sentences.map((one) => inOwnWords(String(one))).join(" ") : null;
  }

  /// Whether the same call may succeed later without anything being changed.
  get isPassing(): boolean {
    // A quota begins anew in hours or days.
    if (this.code === "QUOTA_EXCEEDED") return false;
    if (this.status === 503 || this.status === 429) return true;
    // What stands between us and the server may refuse a request too, and says so in words of its own.
    const refused = this.status >= 400 && this.status < 500;
    return this.code === "NETWORK" || (this.code === "UNREADABLE" && !refused);
  }
}

interface ErrorBody {
  error?: { code?: unknown; message?: unknown; details?: unknown };
}

export async function errorOf(response: Response): Promise<ApiError> {
  const body: ErrorBody | null = await response.json().catch(() => null);
  const error = body?.error;
  if (typeof error?.code !== "string" || typeof error.message !== "string") {
    return new ApiError(
      "UNREADABLE",
      i18n._(msg`The server answered with status ${response.status}.`),
      response.status,
    );
  }
  const seconds = Number(response.headers.get("Retry-After"));
  return new ApiError(
    error.code,
    inOwnWords(error.message),
    response.status,
    typeof error.details === "object" && error.details !== null
      ? (error.details as Record<string, unknown>)
      : {},
    Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  );
}
