import { Trans } from "@lingui/react/macro";
import { Image } from "lucide-react";

interface PictureProps {
  src: string;
  alt: string;
}

const ownPicture = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i;

/// A picture that comes with the text, or from this server. One from elsewhere is a link with its host's name: to show
/// it would tell that host who reads the answer, and when, and the page's policy forbids it.
export function Picture({ src, alt }: PictureProps) {
  const address = URL.canParse(src, location.href) ? new URL(src, location.href) : null;
  if (address === null) return <span>{alt === "" ? src : alt}</span>;
  if (ownPicture.test(src) || address.origin === location.origin) {
    return (
      <span className="picture">
        <img src={src} alt={alt} loading="lazy" decoding="async" />
      </span>
    );
  }
  if (address.protocol !== "https:" && address.protocol !== "http:") return <span>{alt}</span>;
  return (
    <a
      href={address.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-flex max-w-full items-center gap-1.5 align-bottom"
    >
      <Image className="size-4 shrink-0" aria-hidden="true" />
      <span className="truncate">
        {alt === "" ? (
          <Trans>Image on {address.host}</Trans>
        ) : (
          <Trans>
            {alt} (image on {address.host})
          </Trans>
        )}
      </span>
    </a>
  );
}
