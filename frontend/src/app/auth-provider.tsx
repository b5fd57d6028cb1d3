import { type ReactNode, useEffect } from "react";
import { adoptLanguage, chosenLanguage } from "@/lib/language";
import { profileQuery } from "@/lib/profile";
import { queryClient } from "@/lib/query-client";
import { loadSession, useAuth } from "@/lib/session";
import { adoptTheme, isThemeChosenHere } from "@/lib/theme";

/// Finds out who is here. A browser in which nothing was chosen yet takes over what its person chose elsewhere.
export function AuthProvider({ children }: { children: ReactNode }) {
  useEffect(() => {
    void loadSession();
  }, []);
  const userId = useAuth().user?.id;
  useEffect(() => {
    if (userId === undefined || (isThemeChosenHere() && chosenLanguage() !== null)) return;
    queryClient.fetchQuery(profileQuery).then(
      ({ preferences }) => {
        adoptTheme(preferences);
        adoptLanguage(preferences.language);
      },
      // The system's choices are good ones too; the next visit asks again.
      () => undefined,
    );
  }, [userId]);
  return children;
}
