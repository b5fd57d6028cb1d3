import { Navigate, useSearchParams } from "react-router";
import { AuthFrame } from "@/features/auth/auth-frame";
import { SignInForm } from "@/features/auth/sign-in-form";
import { safePath } from "@/lib/safe-path";
import { useAuth } from "@/lib/session";

export function LoginPage() {
  const { isAuthenticated } = useAuth();
  const [parameters] = useSearchParams();
  const next = safePath(parameters.get("next"));
  if (isAuthenticated) return <Navigate to={next} replace />;
  return (
    <AuthFrame page="login" next={parameters.get("next")}>
      <SignInForm next={next} />
    </AuthFrame>
  );
}
