// Validates the JSON-LD on standard input against the shape files named as arguments and prints one line per result.
import fs from 'node:fs'
import jsonld from 'jsonld'
import { Parser, Store, DataFactory } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'

const input = JSON.parse(fs.readFileSync(0, 'utf8'))
const documentLoader = async address => { throw new Error('not fetched: ' + address) }
const nquads = await jsonld.toRDF(input, { format: 'application/n-quads', documentLoader })
const data = new Store(new Parser().parse(nquads))
const shapes = new Store()
for (const file of process.argv.slice(2)) shapes.addQuads(new Parser({ baseIRI: 'http://shapes/' }).parse(fs.readFileSync(file, 'utf8')))
const report = await new SHACLValidator(shapes).validate(data)
for (const r of report.results) {
  console.log([r.severity?.value, r.focusNode?.value, r.path?.value, r.sourceConstraintComponent?.value, r.message.map(m => m.value).join(' ')].join(' | '))
}
