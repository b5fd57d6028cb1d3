import { AuthFrame } from "@/features/auth/auth-frame";
import { ProviderCallback } from "@/features/auth/provider-callback";

export function ProviderCallbackPage() {
  return (
    <AuthFrame page="callback" next={null}>
      <ProviderCallback />
    </AuthFrame>
  );
}
