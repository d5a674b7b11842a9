import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { connection } from '../api/connection'
import { makeQueryClient } from '../api/queries'
import { LocaleProvider } from '../i18n/locale'
import { Notices } from '../ui/Toast'
import { makeRouter } from './router'

export function App() {
  const [queryClient] = useState(makeQueryClient)
  const [router] = useState(() => makeRouter(queryClient))
  useEffect(() => connection.watch(window), [])
  // What was fetched before the connection was lost may be old.
  useEffect(() => connection.onReturn(() => void queryClient.invalidateQueries()), [queryClient])
  return (
    <QueryClientProvider client={queryClient}>
      <LocaleProvider>
        <RouterProvider router={router} />
        <Notices />
      </LocaleProvider>
    </QueryClientProvider>
  )
}
