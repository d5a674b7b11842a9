import type { ReactNode } from 'react'
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
            {tab.title}
            {tab.count !== undefined && (
              <span className="ms-1.5 rounded-full bg-sunken px-2 font-medium text-xs">{tab.count}</span>
            )}
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
