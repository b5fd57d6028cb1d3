import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { ApiError } from "@/api/api-error";
import { completeAtProvider, type ProviderAnswer } from "@/api/ways-in";
import { safePath } from "@/lib/safe-path";
import { enter, useAuth } from "@/lib/session";
import { Notice } from "@/ui/notice";
import { Spinner } from "@/ui/spinner";
import { toast } from "@/ui/toast";
import { CodeForm } from "./code-form";
import { challengeOf } from "./sign-in-form";

type Outcome = { next: string; challenge: string | null };

/// Where the OpenID provider sends people back to. What it sent is good for one time.
export function ProviderCallback() {
  const { t } = useLingui();
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const { status, error: unknown } = useAuth();
  const refused = parameters.get("error");
  const answer = {
    state: parameters.get("state"),
    code: parameters.get("code"),
    iss: parameters.get("iss"),
  };
  const { data, error } = useQuery({
    queryKey: ["provider-callback", answer.state],
    queryFn: () =>
      complete(answer, () =>
        toast(t`Your account is connected. The password and the API keys that it had are void.`),
      ),
    // Who is here already has to be known first.
    enabled: refused === null && (status !== "unknown" || unknown !== null),
    retry: false,
    retryOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (refused !== null || error !== null) {
    return (
      <Notice>
        {error === null ? <Trans>Signing in was given up there. You can begin again.</Trans> : error.message}
      </Notice>
    );
  }
  if (data === undefined) return <Spinner />;
  const next = safePath(data.next);
  if (data.challenge === null) return <Navigate to={next} replace />;
  return (
    <CodeForm
      challenge={data.challenge}
      onDone={() => void navigate(next, { replace: true })}
      onBack={() => void navigate("/login", { replace: true })}
    />
  );
}

async function complete(answer: ProviderAnswer, onFormerWaysEnded: () => void): Promise<Outcome> {
  try {
    const { user, next, former_ways_ended } = await completeAtProvider(answer);
    enter(user);
    if (former_ways_ended) onFormerWaysEnded();
    return { next, challenge: null };
  } catch (failure) {
    const challenge = challengeOf(failure);
    if (challenge === null || !(failure instanceof ApiError)) throw failure;
    return { next: String(failure.details.next), challenge };
  }
}
