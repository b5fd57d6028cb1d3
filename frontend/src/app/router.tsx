import { createBrowserRouter } from "react-router";
import { entranceHeard } from "@/lib/entrance";
import { ClientLayoutProvider } from "./client-layout-provider";
import { ErrorPage } from "./error-page";
import { NotFoundPage } from "./not-found-page";

export const router = createBrowserRouter([
  {
    element: <ClientLayoutProvider />,
    errorElement: <ErrorPage />,
    hydrateFallbackElement: <div />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./routes/landing-page")).LandingPage }) },
      {
        path: "login",
        loader: entranceHeard,
        lazy: async () => ({ Component: (await import("./routes/login-page")).LoginPage }),
      },
      {
        path: "login/callback",
        lazy: async () => ({
          Component: (await import("./routes/provider-callback-page")).ProviderCallbackPage,
        }),
      },
      {
        path: "register",
        loader: entranceHeard,
        lazy: async () => ({ Component: (await import("./routes/register-page")).RegisterPage }),
      },
      {
        path: "forgot-password",
        lazy: async () => ({
          Component: (await import("./routes/forgot-password-page")).ForgotPasswordPage,
        }),
      },
      {
        path: "reset-password",
        lazy: async () => ({ Component: (await import("./routes/reset-password-page")).ResetPasswordPage }),
      },
      {
        lazy: async () => ({ Component: (await import("./routes/protected-layout")).ProtectedLayout }),
        errorElement: <ErrorPage />,
        children: [
          {
            path: "chat/:chatId?",
            lazy: async () => ({ Component: (await import("./routes/chat-page")).ChatPage }),
          },
          {
            path: "memory",
            lazy: async () => ({ Component: (await import("./routes/memory-page")).MemoryPage }),
          },
          {
            path: "settings/:part?",
            lazy: async () => ({ Component: (await import("./routes/settings-page")).SettingsPage }),
          },
          {
            path: "admin/:part?",
            lazy: async () => ({ Component: (await import("./routes/admin-page")).AdminPage }),
          },
        ],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
]);
