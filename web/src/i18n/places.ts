/** Names of countries and languages in the reader's own language, from the browser. */

const isoCountries =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )

const commonLanguages =
  'ar bg bn cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl pl pt pt-BR ro ru sk sl sr sv th tr uk ur vi zh-Hans zh-Hant'.split(
    ' ',
  )

const displayNames = new Map<string, Intl.DisplayNames>()

function namesIn(tag: string, type: 'region' | 'language'): Intl.DisplayNames {
  const key = `${tag} ${type}`
  const found = displayNames.get(key) ?? new Intl.DisplayNames(tag, { type })
  displayNames.set(key, found)
  return found
}

function nameIn(tag: string, type: 'region' | 'language', code: string): string {
  try {
    return namesIn(tag, type).of(code) ?? code
  } catch {
    return code
  }
}

export const countryName = (code: string, tag: string): string => nameIn(tag, 'region', code)
export const languageName = (code: string, tag: string): string => nameIn(tag, 'language', code)

const choicesOf = (codes: readonly string[], name: (code: string) => string, tag: string) => {
  const order = new Intl.Collator(tag)
  return codes.map((id) => ({ id, label: name(id) })).sort((a, b) => order.compare(a.label, b.label))
}

export const countryChoices = (tag: string) => choicesOf(isoCountries, (code) => countryName(code, tag), tag)

/** With the one that a profile has, when it is a rarer one. */
export const languageChoices = (tag: string, own?: string | null) =>
  choicesOf([...new Set([...commonLanguages, ...(own ? [own] : [])])], (code) => languageName(code, tag), tag)
