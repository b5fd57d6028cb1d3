// The server that has the page has the API too, unless the app was built to be served from elsewhere.
const elsewhere = import.meta.env.VITE_API_URL?.replace(/(\/api\/v1)?\/?$/, "") ?? "";

/// @param path as the server knows it, from its root
export const onServer = (path: string) => elsewhere + path;

export const socketAddress = () =>
  import.meta.env.VITE_WS_URL || `${(elsewhere || location.origin).replace(/^http/, "ws")}/ws`;
