import { type ReactNode, useEffect, useRef } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'

export interface TabOf {
  id: string
  title: string
  /** How many there are in it. */
  count?: string
  content: () => ReactNode
}

export interface TabsProps {
  label: string
  tabs: readonly TabOf[]
  /** Which is in sight, where that is known elsewhere, such as in the URL. */
  value?: string
  onChange?: (id: string) => void
  className?: string
}

/** Parts of one thing, of which one is in sight. The arrow keys walk along them. */
export function Tabs({ label, tabs, value, onChange, className = '' }: TabsProps) {
  return (
    <AriaTabs
      className="flex flex-col"
      {...(value !== undefined ? { selectedKey: value } : {})}
      {...(onChange ? { onSelectionChange: (id) => onChange(String(id)) } : {})}
    >
      <TabList
        aria-label={label}
        className={`mb-3 flex gap-4 overflow-x-auto overflow-y-hidden border-line border-b ${className}`}
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className="-mb-px flex min-h-control shrink-0 cursor-default items-center border-transparent border-b-2 text-muted hover:text-text selected:border-accent selected:font-semibold selected:text-text"
          >
            {({ isSelected }) => <Face tab={tab} isSelected={isSelected} />}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="outline-none">
          {tab.content()}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}

/** The tab that is open comes into sight: on a telephone it may stand beyond the edge. */
function Face({ tab: { title, count }, isSelected }: { tab: TabOf; isSelected: boolean }) {
  const face = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (isSelected) face.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isSelected])
  return (
    <span ref={face} className="inline-flex items-center">
      {title}
      {count !== undefined && (
        <span className="ms-1.5 rounded-full bg-sunken px-2 font-medium text-xs">{count}</span>
      )}
    </span>
  )
}
