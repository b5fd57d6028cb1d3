import { useLocation } from "react-router";
import { AuthFrame } from "@/features/auth/auth-frame";
import { NewPasswordForm } from "@/features/auth/new-password-form";

/// The token stands behind the #, so that it is sent to nobody but in the form.
export function ResetPasswordPage() {
  const { hash } = useLocation();
  return (
    <AuthFrame page="reset" next={null}>
      <NewPasswordForm key={hash} token={hash.slice(1)} />
    </AuthFrame>
  );
}
