import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/// A package of which something is in the web app.
export type Material = {
  name: string;
  version: string;
  /** As SPDX writes it. */
  licence: string;
  /** SHA-512 in hexadecimal, as the lock file has it. */
  hash: string | undefined;
  /** The licence's words, with whose they are. */
  texts: string[];
};

const inPackage = /^.*node_modules\/(?:@[^/]+\/)?[^/@][^/]*/;
const licenceFile = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i;

/// Licences that ask for their words to be kept, and for nothing that we do not do.
const known = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "Apache-2.0",
  "OFL-1.1",
  "Unlicense",
  "(MPL-2.0 OR Apache-2.0)",
]);

/// What is under another licence.
export const strangers = (materials: Material[]) =>
  materials.filter(({ licence }) => !known.has(licence)).map(({ name, licence }) => `${name}: ${licence}`);

/// Where packages lie of which a module is.
export const directories = (modules: Iterable<string>) =>
  new Set([...modules].flatMap((id) => inPackage.exec(id.replace(/^\0/, ""))?.[0] ?? []));

export function material(directory: string, lock: Record<string, { integrity?: string }>): Material {
  const read = (name: string) => readFileSync(join(directory, name), "utf8");
  const { name, version, license } = JSON.parse(read("package.json")) as Record<string, string>;
  const texts = readdirSync(directory)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => read(file).trim());
  const licence = license ?? (texts.some((text) => /^The MIT License\b/.test(text)) ? "MIT" : undefined);
  if (name === undefined || version === undefined || typeof licence !== "string") {
    throw new Error(`${directory} does not say under which licence it is.`);
  }
  const place = directory.slice(directory.indexOf("node_modules/"));
  const integrity = /^sha512-(.+)$/.exec(lock[place]?.integrity ?? "")?.[1];
  return {
    name,
    version,
    licence,
    hash: integrity && Buffer.from(integrity, "base64").toString("hex"),
    texts,
  };
}

const purl = ({ name, version }: Material) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

/// The same for the same packages: no time and no random id is in it.
export function billOfMaterials(materials: Material[], version: string) {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", name: "parley-web", version } },
    components: materials.map((one) => ({
      type: "library",
      "bom-ref": purl(one),
      name: one.name,
      version: one.version,
      ...(one.hash && { hashes: [{ alg: "SHA-512", content: one.hash }] }),
      licenses: [
        / (OR|AND) /.test(one.licence) ? { expression: one.licence } : { license: { id: one.licence } },
      ],
      purl: purl(one),
    })),
  };
}

export function licenceTexts(materials: Material[]) {
  const line = "-".repeat(80);
  return [
    "The web app of Parley has parts of these packages in it. What the server has in it lists `parley licences`.",
    ...materials.map(
      ({ name, version, licence, texts }) =>
        `${line}\n${name} ${version}, ${licence}\n${line}\n\n${texts.join("\n\n") || "The package has no text of its licence in it."}`,
    ),
    "",
  ].join("\n\n");
}

/// Writes down which packages are in this build, and under which licences.
export function materials(): Plugin {
  return {
    name: "materials",
    apply: "build",
    generateBundle(_, bundle) {
      const root = new URL("..", import.meta.url).pathname;
      const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
        version: string;
        packages: Record<string, { integrity?: string }>;
      };
      // Fonts are in no module: style sheets name them.
      const files = Object.values(bundle).flatMap((file) =>
        file.type === "asset" ? file.originalFileNames : [],
      );
      const modules = [...this.getModuleIds(), ...files.map((file) => join(root, file))];
      const all = [...directories(modules)]
        .filter((directory) => existsSync(join(directory, "package.json")))
        .map((directory) => material(directory, lock.packages))
        .sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
      const refused = strangers(all);
      if (refused.length > 0) throw new Error(`Nobody has looked at these licences: ${refused.join(", ")}.`);
      const source = JSON.stringify(billOfMaterials(all, lock.version), null, 1);
      this.emitFile({ type: "asset", fileName: ".vite/web.cdx.json", source });
      this.emitFile({ type: "asset", fileName: "licences.txt", source: licenceTexts(all) });
    },
  };
}
