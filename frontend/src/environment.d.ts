/// What a build may be told; nothing of it has to be.
interface ImportMetaEnv {
  /// Where the API is, when another server has the app: `https://api.example.org/api/v1`.
  readonly VITE_API_URL?: string;
  /// Where the WebSocket is; otherwise where the API is.
  readonly VITE_WS_URL?: string;
}
