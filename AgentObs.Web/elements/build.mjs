// Bundles the elements, writes the theme and copies the fonts: wwwroot/js, wwwroot/fonts and wwwroot/css/themes.css (none of them in git).
// `node build.mjs --tests` bundles the tests instead, to out/tests, for `node --test`.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const www = join(here, '..', 'wwwroot');
const common = { bundle: true, format: 'esm', target: 'es2022', loader: { '.css': 'text' }, logLevel: 'warning', absWorkingDir: here };

function find(folder, end) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

async function theme() {
  const out = join(here, 'out', 'themes.mjs');
  await build({ ...common, entryPoints: ['themes/write-themes.ts'], outfile: out, platform: 'node', external: ['@fluentui/tokens'] });
  const { cssOfThemes } = await import(pathToFileURL(out).href);
  mkdirSync(join(www, 'css'), { recursive: true });
  writeFileSync(join(www, 'css', 'themes.css'), cssOfThemes());
}

function fonts() {
  const from = (name, file) => join(here, 'node_modules', name, 'files', file);
  mkdirSync(join(www, 'fonts'), { recursive: true });
  for (const [name, file] of [
    ['@fontsource-variable/inter', 'inter-latin-wght-normal.woff2'],
    ['@fontsource-variable/inter', 'inter-latin-ext-wght-normal.woff2'],
    ['@fontsource-variable/jetbrains-mono', 'jetbrains-mono-latin-wght-normal.woff2'],
    ['@fontsource/chakra-petch', 'chakra-petch-latin-600-normal.woff2'],
  ]) copyFileSync(from(name, file), join(www, 'fonts', file));
  for (const [name, licence] of [
    ['@fontsource-variable/inter', 'inter-OFL.txt'],
    ['@fontsource-variable/jetbrains-mono', 'jetbrains-mono-OFL.txt'],
    ['@fontsource/chakra-petch', 'chakra-petch-OFL.txt'],
  ]) copyFileSync(join(here, 'node_modules', name, 'LICENSE'), join(www, 'fonts', licence));
}

if (process.argv.includes('--tests')) {
  const out = join(here, 'out', 'tests');
  rmSync(out, { recursive: true, force: true });
  const tests = [...find(join(here, 'src'), '.test.ts'), ...find(join(here, 'themes'), '.test.ts')];
  await build({ ...common, entryPoints: tests, outdir: out, entryNames: '[name]', outExtension: { '.js': '.mjs' }, platform: 'node', external: ['@fluentui/tokens'] });
} else {
  await theme();
  fonts();
  await build({ ...common, entryPoints: ['src/start.ts'], outfile: join(www, 'js', 'agentobs.js'), minify: true, sourcemap: process.argv.includes('--map') });
}
