import { Input } from 'react-aria-components/Input'
import { SearchField } from 'react-aria-components/SearchField'
import { useFormat } from '../../i18n/locale'
import { m } from '../../paraglide/messages'
import { IconButton } from '../../ui/Button'
import { Icon } from '../../ui/Icon'
import type { Found } from './find'

export const FIND_ID = 'calendar-find'

/** What was found last, for which words. */
export interface FoundNow extends Found {
  readonly text: string
}

interface Props {
  text: string
  found: FoundNow | null
  onText(text: string): void
  onFind(text: string): void
  onLeave(): void
}

/** While one types, what does not fit stands back; Enter goes to what fits, and asks the server when nothing on the chart does. */
export function Find({ text, found, onText, onFind, onLeave }: Props) {
  const { number } = useFormat()
  const place =
    found?.text === text ? m.calendarFindNth({ nth: number(found.nth), of: number(found.of) }) : ''
  return (
    <div className="w-60 max-xl:w-44 max-lg:grow max-md:order-last max-md:w-full max-sm:hidden">
      <SearchField
        aria-label={m.calendarFind()}
        value={text}
        onChange={onText}
        onSubmit={onFind}
        onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && onLeave()}
        className="field flex items-center gap-1.5 pe-0"
      >
        <Icon name="search" className="text-muted" />
        <Input
          id={FIND_ID}
          placeholder={m.calendarFind()}
          aria-keyshortcuts="/"
          className="w-full min-w-0 bg-transparent outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
        />
        <span role="status" className="shrink-0 text-muted text-xs">
          {place}
        </span>
        {text && <IconButton icon="close" label={m.uiClear()} />}
      </SearchField>
    </div>
  )
}
