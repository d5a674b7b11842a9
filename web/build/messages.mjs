/** Compiles messages/*.json to src/paraglide, unless that was done since they changed: it takes five seconds. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const output = join(root, 'src/paraglide')
const stamp = join(output, '.compiled-from')

function fingerprint() {
  const hash = createHash('sha256')
  const catalogues = readdirSync(join(root, 'messages')).sort()
  const sources = [
    'build/messages.mjs',
    'package-lock.json',
    'project.inlang/settings.json',
    ...catalogues.map((name) => `messages/${name}`),
  ]
  for (const path of sources) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

export function compileMessages() {
  const now = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  // As a process of its own: within another it keeps that from ending.
  const program = join(root, 'node_modules/@inlang/paraglide-js/bin/run.js')
  const options = ['--project', './project.inlang', '--outdir', './src/paraglide', '--silent']
  execFileSync(process.execPath, [program, 'compile', ...options], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  countInDigitsOfReader()
  keepPluralRules()
  writeFileSync(stamp, now)
}

const NUMBERS = /\{(i\?\.(?:count|adults|children|arrivals|departures))\}/g

/** The format of the catalogues has no way to say that a number is written in the digits of the language. */
function countInDigitsOfReader() {
  const folder = join(output, 'messages')
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const code = readFileSync(path, 'utf8')
    const counting = code.replace(NUMBERS, '{counted($1)}')
    if (counting !== code) writeFileSync(path, `import { counted } from '../../i18n/counted'\n${counting}`)
  }
}

/** The compiled text makes the rules of a language anew for each word in the plural, which costs more than the rest of a sentence. */
function keepPluralRules() {
  const path = join(output, 'registry.js')
  const made = 'return new Intl.PluralRules(locale, options).select(Number(input))'
  const kept = `const name = locale + (options?.type ?? '')
	const rules = known.get(name) ?? new Intl.PluralRules(locale, options)
	known.set(name, rules)
	return rules.select(Number(input))`
  const text = readFileSync(path, 'utf8')
  if (!text.includes(made)) throw new Error(`${path} is made in another way: see keepPluralRules`)
  writeFileSync(path, `const known = new Map()\n${text.replace(made, kept)}`)
}

/** The same as a plugin of Vite: before a build or a test, and while the catalogues are being edited. */
export function messages() {
  return {
    name: 'pms-messages',
    enforce: 'pre',
    config: compileMessages,
    configureServer(server) {
      const catalogues = join(root, 'messages')
      server.watcher.add(catalogues)
      server.watcher.on('change', (path) => path.startsWith(catalogues) && compileMessages())
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) compileMessages()
