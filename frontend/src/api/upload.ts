/// How a request is made, as `fetch` does it.
export type Transport = (url: string, request: RequestInit) => Promise<Response>;

/// As `fetch`, which does not say how much of a body has left.
/// @param told how much of it, from 0 to 1
export const telling =
  (told: (share: number) => void): Transport =>
  (url, { method = "GET", headers, body }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.withCredentials = true;
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
        if (lengthComputable) told(loaded / total);
      };
      request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
      request.onerror = () => reject(new TypeError("The connection was lost."));
      request.send(body as XMLHttpRequestBodyInit | null);
    });
