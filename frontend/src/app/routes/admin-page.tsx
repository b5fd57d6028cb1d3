import { Admin } from "@/features/admin/admin";
import { useAuth } from "@/lib/session";
import { NotFoundPage } from "../not-found-page";

/// For nobody else is there such a page.
export function AdminPage() {
  const { user } = useAuth();
  return user?.is_staff === true ? <Admin /> : <NotFoundPage />;
}
