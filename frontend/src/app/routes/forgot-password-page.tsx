import { AuthFrame } from "@/features/auth/auth-frame";
import { ForgottenForm } from "@/features/auth/forgotten-form";

export const ForgotPasswordPage = () => (
  <AuthFrame page="forgotten" next={null}>
    <ForgottenForm />
  </AuthFrame>
);
