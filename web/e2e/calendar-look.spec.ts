import type { Page } from '@playwright/test'
import { furnish } from './drawing'
import { expect, test } from './hotel'
import { Tape } from './tape'

/** Whether all of a part of the screen has one colour. */
async function isPlain(page: Page, clip: { x: number; y: number; width: number; height: number }) {
  const picture = [...(await page.screenshot({ clip }))]
  return page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const brush = canvas.getContext('2d')
    brush?.drawImage(image, 0, 0)
    const { data } = brush?.getImageData(0, 0, image.width, image.height) ?? { data: [] }
    return [...data].every((value, n) => value === data[n % 4])
  }, picture)
}

test('below the last room nothing shows through the column of the rooms', async ({ page, hotel }) => {
  const tape = await new Tape(page, hotel).open()
  await page.mouse.move(600, 5)
  for (let n = 0; n < 3; n += 1) {
    const last = await tape.head('202').boundingBox()
    const foot = await tape.grid.getByRole('rowheader', { name: 'Sold' }).boundingBox()
    const top = (last?.y ?? 0) + (last?.height ?? 0) + 4
    const clip = { x: 0, y: top, width: (last?.width ?? 0) - 4, height: (foot?.y ?? 0) - top - 6 }
    expect(clip.height).toBeGreaterThan(100)
    expect(await isPlain(page, clip)).toBe(true)
    await page.mouse.move(600, 300)
    await page.mouse.wheel(37, 0)
    await tape.settled()
  }
})

test('the outermost pixels of a bar are its edge', async ({ page, hotel }) => {
  await furnish(hotel, '101 |..AA...')
  const tape = await new Tape(page, hotel).open()
  const drag = async (from: number, by: number) => {
    const box = await tape.bar('A').boundingBox()
    if (!box) throw new Error('no bar')
    const [x, y] = [from < 0 ? box.x + box.width + from : box.x + from, box.y + box.height / 2]
    const night = (await tape.point('101@1')).x - (await tape.point('101@0')).x
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + by * night, y, { steps: 4 })
    await page.mouse.up()
  }
  await drag(1, -1)
  await tape.keeps('101 |.AAA...')
  await drag(-1, 1)
  await tape.keeps('101 |.AAAA..')
  await drag(-0.5, -2)
  await tape.keeps('101 |.AA....')
})

test('on paper stand all rooms, and nothing but the chart', async ({ page, hotel }) => {
  const numbers = Array.from({ length: 50 }, (_, n) => String(300 + n))
  const type = hotel.types.get('STD')
  for (const roomNumber of numbers)
    await hotel.post('/rooms', { propertyId: hotel.id, roomTypeId: type, roomNumber })
  await furnish(hotel, '101 |.AA....\n202 |..##...')
  const tape = await new Tape(page, hotel).open()
  const heads = tape.grid.locator('.chart-row.is-room')
  expect(await heads.count()).toBeLessThan(45)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(heads).toHaveCount(numbers.length + 6)
  // Within the page, beside its dates: paper does not scroll.
  for (const part of [tape.bar('A'), tape.grid.locator('.day.is-today')]) {
    await expect(part).toBeVisible()
    const box = await part.boundingBox()
    expect(box && box.x > 60 && box.x + box.width < 1062, JSON.stringify(box)).toBe(true)
  }
  await expect(page.getByRole('button', { name: 'New booking' })).toBeHidden()
  await expect(page.getByRole('navigation')).toBeHidden()
  // Paper is white, and the chart is not cut by a window.
  const look = await tape.grid.evaluate((grid) => {
    const { overflow, backgroundColor } = getComputedStyle(grid)
    return { overflow, backgroundColor, isWhole: grid.getBoundingClientRect().height >= grid.scrollHeight }
  })
  expect(look).toEqual({ overflow: 'visible', backgroundColor: 'rgb(255, 255, 255)', isWhole: true })
  const pdf = (await page.pdf({ landscape: true, format: 'A4', printBackground: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(2)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  await expect.poll(() => heads.count()).toBeLessThan(45)
})
