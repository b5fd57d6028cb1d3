import "@/ui/styles.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { messages } from "@/locales/en.po";
import { AuthProvider } from "./auth-provider";
import { QueryProvider } from "./query-provider";
import { router } from "./router";
import { ThemeProvider } from "./theme-provider";

i18n.loadAndActivate({ locale: "en", messages });

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");

createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryProvider>
        <ThemeProvider>
          <AuthProvider>
            <RouterProvider router={router} />
          </AuthProvider>
        </ThemeProvider>
      </QueryProvider>
    </I18nProvider>
  </StrictMode>,
);
