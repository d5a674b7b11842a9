import { useFormat, useSpoken } from '../../i18n/locale'
import { parseMoney } from '../../kernel/money'
import { m } from '../../paraglide/messages'
import type { GridNumbers } from '../grid/GridEditor'
import { type RestrictionField, restrictionFields } from './restrictions'

/** Whole numbers in the digits of the reader; yes and no as 1 and 0, shown as words. */
export function useRestrictionNumbers(field: RestrictionField): GridNumbers {
  const format = useFormat()
  const { tag } = useSpoken()
  const { isFlag, least, most } = restrictionFields[field]
  return {
    label: isFlag ? m.setupRestrictionYesNo() : m.setupRestrictionCount(),
    help: isFlag
      ? m.setupRestrictionYesNoHelp()
      : m.setupRestrictionCountHelp({ least: format.number(least), most: format.number(most) }),
    clearLabel: m.setupRestrictionClear(),
    format: (value) =>
      isFlag ? (value === 0 ? m.setupRestrictionNo() : m.setupRestrictionYes()) : format.number(value),
    toText: String,
    parse: (text) => {
      const value = parseMoney(text, 'JPY', tag)
      return value !== undefined && value >= least && value <= most ? value : undefined
    },
    hasShare: false,
  }
}
