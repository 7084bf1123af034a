import { Table } from 'antd'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

/** The bare page that the window's first load is compared with: React, Ant Design and one table. */
const columns = ['name', 'number', 'amount'].map((key) => ({ title: key, dataIndex: key, key }))
const dataSource = Array.from({ length: 12 }, (_, key) => ({ key, name: `n${key}`, number: `MZ${key}`, amount: key }))
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(createElement(Table, { columns, dataSource, pagination: false }))
