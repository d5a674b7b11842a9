/** The rules of the house that neither the compiler nor the linter knows. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const longestFile = 400

interface Source {
  path: string
  text: string
}

function sources(folder: string, endings: RegExp): Source[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && endings.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(paraglide|node_modules)\//.test(path) && !path.endsWith('schema.d.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const programs = sources('src', /\.tsx?$/)
const views = programs.filter(({ path }) => path.endsWith('.tsx') && !path.includes('.test.'))
const styles = sources('src', /\.css$/)

/** `path:line text` of every line that the pattern finds. */
const found = (files: Source[], pattern: RegExp) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, n) => (pattern.test(line) ? [`${path}:${n + 1} ${line.trim()}`] : [])),
  )

test('files can be read at once', () => {
  const long = [...programs, ...styles].filter(({ text }) => text.split('\n').length > longestFile + 1)
  expect(long.map(({ path }) => path)).toEqual([])
})

test('names say what is inside', () => {
  const saysNothing = /(^|\/)(utils?|helpers?|common|services?|managers?|misc)(\/|\.)/
  expect(programs.filter(({ path }) => saysNothing.test(path)).map(({ path }) => path)).toEqual([])
})

test('layers know only those below them', () => {
  const ladder = ['kernel', 'api', 'i18n', 'ui', 'shell']
  const wrong = programs.flatMap(({ path, text }) => {
    const own = ladder.indexOf(path.split('/')[1] ?? '')
    if (own < 0 || path.includes('.test.')) return []
    const used = [...text.matchAll(/from '\.\.\/(\w+)/g)].map((match) => match[1] ?? '')
    // The router alone names the pages, and loads them when they are opened.
    return used.filter((one) => ladder.indexOf(one) > own).map((one) => `${path} uses ${one}`)
  })
  expect(wrong).toEqual([])
})

test('days and the clock are asked in the kernel alone', () => {
  const elsewhere = programs.filter(({ path }) => !path.startsWith('src/kernel/') && !path.includes('.test.'))
  expect(found(elsewhere, /new Date\(|toLocale(Date|Time)?String|\.getTimezoneOffset/)).toEqual([])
})

test('a line of text may run either way', () => {
  const sides = /\b(margin|padding|border)-(left|right)\b|^\s*(left|right)\s*:|text-align:\s*(left|right)/
  expect(found(styles, sides)).toEqual([])
  expect(
    found(
      views,
      /["'`\s](?:[a-z-]+:)*-?(?:[mp][lr]|border-[lr]|rounded-[lr]|left|right)-[\w[(]|\btext-(?:left|right)\b/,
    ),
  ).toEqual([])
})

test('the policy of the page is kept: no style and no script within it', () => {
  expect(
    found(programs, /dangerouslySet|\beval\(|new Function\(/).filter((line) => !line.includes('tidy.test')),
  ).toEqual([])
  expect(readFileSync(join(root, 'index.html'), 'utf8')).not.toMatch(
    /<style|<script(?![^>]* src=)| style=| on\w+=/,
  )
})

test('every text that a person sees stands in the catalogues', () => {
  // A JSX text, or a label, of two letters and more.
  expect(
    found(views, /^\s+[A-Z][a-z]+ [a-z]+.*[^;,{(]$|(?:label|title|placeholder|aria-label)="[A-Za-z]{2}/),
  ).toEqual([])
})
