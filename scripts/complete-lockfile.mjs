/**
 * Run after every change of package-lock.json: adds the optional packages of other platforms that npm left out because
 * the registry in use does not serve them. Without these entries `npm ci` refuses the lockfile (npm/cli#9342), and other
 * platforms would not get their binary. Version and platform come from the parent's pins and the package's name.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const path = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8"));
const packages = lock.packages;

/** "@biomejs/cli-linux-x64-musl" → os, cpu and libc as npm's lockfile spells them. */
function platformOf(name) {
  const [, os, cpu, libc] =
    /-(android|darwin|freebsd|linux|win32)-([a-z0-9]+)(?:-(musl|gnu))?$/.exec(name) ?? [];
  if (!os) throw new Error(`expected a name that ends in os and cpu, got ${name}`);
  return { cpu: [cpu], ...(libc ? { libc: [libc === "gnu" ? "glibc" : libc] } : {}), os: [os] };
}

for (const [parent, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (packages[`node_modules/${name}`] || packages[`${parent}/node_modules/${name}`]) continue;
    const { cpu, libc, os } = platformOf(name);
    packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      os,
    };
    console.log(`added ${name}@${version}`);
  }
}
const [first, ...rest] = Object.entries(packages);
lock.packages = Object.fromEntries([first, ...rest.sort(([a], [b]) => a.localeCompare(b, "en"))]);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
