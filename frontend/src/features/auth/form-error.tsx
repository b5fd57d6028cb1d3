import { Trans } from "@lingui/react/macro";
import type { ApiError } from "@/api/api-error";
import { Notice } from "@/ui/notice";

/// What the server said of the form as a whole. Sentences about a field stand at the field.
export function FormError({ error }: { error: ApiError | null }) {
  if (error === null) return null;
  return (
    <Notice>
      <Sentence error={error} />
    </Notice>
  );
}

function Sentence({ error }: { error: ApiError }) {
  const seconds = error.retryAfterSeconds;
  switch (error.code) {
    case "INVALID_CREDENTIALS":
      return <Trans>The email or the password is wrong.</Trans>;
    case "VALIDATION_ERROR":
      return <Trans>Something in the form needs a change.</Trans>;
    case "REGISTRATION_CLOSED":
      return <Trans>This instance takes no new accounts. Ask whoever runs it.</Trans>;
    case "RATE_LIMITED":
      if (seconds !== null) return <Trans>Too many attempts. Try again in {seconds} seconds.</Trans>;
      return <Trans>Too many attempts. Try again in a minute.</Trans>;
    default:
      return error.message;
  }
}
