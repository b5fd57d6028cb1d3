import { Navigate, useSearchParams } from "react-router";
import { AuthFrame } from "@/features/auth/auth-frame";
import { RegisterForm } from "@/features/auth/register-form";
import { safePath } from "@/lib/safe-path";
import { useAuth } from "@/lib/session";

export function RegisterPage() {
  const { isAuthenticated } = useAuth();
  const [parameters] = useSearchParams();
  const next = safePath(parameters.get("next"));
  if (isAuthenticated) return <Navigate to={next} replace />;
  return (
    <AuthFrame page="register" next={parameters.get("next")}>
      <RegisterForm next={next} />
    </AuthFrame>
  );
}
