import "@/ui/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { applyLanguage, chosenLanguage } from "@/lib/language";
import { AuthProvider } from "./auth-provider";
import { LanguageProvider } from "./language-provider";
import { QueryProvider } from "./query-provider";
import { router } from "./router";
import { ThemeProvider } from "./theme-provider";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");

const app = (
  <StrictMode>
    <LanguageProvider>
      <QueryProvider>
        <ThemeProvider>
          <AuthProvider>
            <RouterProvider router={router} />
          </AuthProvider>
        </ThemeProvider>
      </QueryProvider>
    </LanguageProvider>
  </StrictMode>
);

void applyLanguage(chosenLanguage()).then(() => createRoot(root).render(app));

if (import.meta.env.PROD) {
  addEventListener("load", async () => {
    const { startInBackground } = await import("./background");
    await startInBackground(new URL(import.meta.url).pathname);
  });
}
