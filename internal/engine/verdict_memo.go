package engine

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"puntari/internal/facts"
)

// missingMemo remembers which open facts keep risk items open. They follow from
// the states of the facts that the item reads and of those that the conditions
// of their questions read; records of a data catalogue, which leave the same
// questions open, have most of them in common. A key holds all of these states,
// so nothing is remembered wrongly.
type missingMemo struct {
	e *Engine
	// closures are the facts that each risk item's open facts follow from.
	closures []closure
	known    map[string]*openFacts
	// numbers are those of the open facts that came by, by path; open are these
	// facts by number.
	numbers map[string]uint32
	open    []openFact
	// fields are the fields that they are about, in the order in which they came by.
	fields []string
	// tables numbers the columns that came by; table is the number of those of
	// the dataset at hand, 0 when there is none.
	tables map[string]uint32
	table  uint32
	c      *facts.Case
	// spent is how many bytes are remembered.
	spent int64
	// dataset counts the datasets.
	dataset int
	key     []byte
	// first tells of the conditions of questions whether they hold for the
	// dataset at hand.
	first map[string]bool
}

// openFacts are the open facts that keep an item open, by number, and the fields
// that they are about.
type openFacts struct {
	numbers []uint32
	fields  []string
}

// openFact is what is to be known of an open fact besides its path.
type openFact struct {
	field int // its place among the fields
	// list is the list of objects that the fact is, or is of an entry of, or -1.
	list  int
	entry bool
	// condition is the name of the condition of its question, or "".
	condition string
	// seen is the dataset in which it came by last.
	seen int
}

// names are the fields, none of nil.
func (o *openFacts) names() []string {
	if o == nil {
		return nil
	}
	return o.fields
}

// number numbers open facts.
func (m *missingMemo) number(paths []string) *openFacts {
	out := &openFacts{numbers: make([]uint32, len(paths))}
	for k, path := range paths {
		n, ok := m.numbers[path]
		if !ok {
			n = uint32(len(m.open))
			m.numbers[path] = n
			m.open = append(m.open, m.look(path))
		}
		out.numbers[k] = n
		if field := m.fields[m.open[n].field]; !slices.Contains(out.fields, field) {
			out.fields = append(out.fields, field)
		}
	}
	slices.Sort(out.fields)
	return out
}

// look looks at what the fact with a path is.
func (m *missingMemo) look(path string) openFact {
	field := path
	if _, attribute, ok := columnPath(path); ok {
		field = facts.ColumnPrefix + attribute
	}
	f := openFact{field: slices.Index(m.fields, field)}
	if f.field < 0 {
		f.field = len(m.fields)
		m.fields = append(m.fields, field)
	}
	s := m.e.Space
	list, _, entry := strings.Cut(path, "[].")
	f.list, f.entry = s.Index(list), entry
	if f.list >= 0 && s.Facts[f.list].Kind != facts.Objects {
		f.list = -1
	}
	if i := s.Index(field); i >= 0 && m.e.conditionOf[i] >= 0 {
		f.condition = s.Facts[i].Asked
	}
	return f
}

// deciding tells how many questions of undecided items there are, which fields
// they are about, and which of these can be asked at once, or all where none can.
func (m *missingMemo) deciding(x *explainer, r *run, undecided []int, missing []*openFacts) (count int, open, first []string) {
	const asked, atOnce = 1, 2
	marks := make([]byte, len(m.fields))
	for _, i := range undecided {
		if missing[i] == nil {
			continue
		}
		for _, n := range missing[i].numbers {
			f := &m.open[n]
			if f.seen == m.dataset {
				continue
			}
			if f.seen = m.dataset; f.list >= 0 && f.entry == r.c.OpenList(f.list) {
				continue // one asks for the list or for its entries
			}
			count++
			marks[f.field] |= asked
			if marks[f.field]&atOnce == 0 && m.asksAtOnce(x, f.condition) {
				marks[f.field] |= atOnce
			}
		}
	}
	for n, field := range m.fields {
		if marks[n]&asked != 0 {
			open = append(open, field)
		}
		if marks[n]&atOnce != 0 {
			first = append(first, field)
		}
	}
	slices.Sort(open)
	slices.Sort(first)
	if len(first) == 0 {
		first = open
	}
	return count, open, first
}

// maxMemo bounds in bytes what the judges of an engine remember together, so that
// it does not grow with the number of cores.
const maxMemo = 64 << 20

// afford tells whether there is room to remember something with a key, and takes it.
func (m *missingMemo) afford(key []byte, more int) bool {
	const entry = 64 // about what a map takes for one
	n := int64(len(key) + more + entry)
	if m.e.remembered.Add(n) > maxMemo {
		m.e.remembered.Add(-n)
		return false
	}
	m.spent += n
	return true
}

// forget empties the memory.
func (m *missingMemo) forget() {
	clear(m.numbers)
	clear(m.known)
	clear(m.tables)
	m.open = m.open[:0]
	m.e.remembered.Add(-m.spent)
	m.spent = 0
}

// size is about how many bytes open facts take.
func (o *openFacts) size() int { return 4*len(o.numbers) + 16*len(o.fields) }

// maxPaths bounds the numbered paths.
const maxPaths = 1 << 16

type closure struct {
	facts   []int
	lists   []int
	columns bool
}

func newMissingMemo(e *Engine) *missingMemo {
	m := &missingMemo{e: e, known: map[string]*openFacts{}, numbers: map[string]uint32{}, tables: map[string]uint32{}, first: map[string]bool{}, closures: make([]closure, len(e.risk.items))}
	for i := range e.risk.items {
		m.closures[i] = e.closure(&e.risk.items[i].reads)
	}
	return m
}

// closure finds everything that the open facts of a rule can follow from.
func (e *Engine) closure(r *reads) closure {
	var c closure
	var add func(i int)
	add = func(i int) {
		if i < 0 || slices.Contains(c.facts, i) {
			return
		}
		c.facts = append(c.facts, i)
		f := &e.Space.Facts[i]
		if strings.HasPrefix(f.Path, facts.ColumnPrefix) {
			c.columns = true
		}
		if _, list := e.Space.Lists[i]; list && !slices.Contains(c.lists, i) {
			c.lists = append(c.lists, i)
		}
		on, _ := f.OnlyWhen()
		add(on)
		add(e.Space.ListOf(i))
		for _, a := range e.Space.AskOf(i) {
			add(a)
		}
		if n := e.conditionOf[i]; n >= 0 {
			for _, a := range e.asked[n].reads.facts {
				add(a)
			}
		}
	}
	for _, i := range r.facts {
		add(i)
	}
	if r.columns {
		c.columns = true
	}
	for _, i := range r.lists {
		add(i)
	}
	slices.Sort(c.facts)
	return c
}

// begin turns to the next dataset.
func (m *missingMemo) begin(c *facts.Case) {
	m.c = c
	m.dataset++
	clear(m.first)
	if len(m.open) > maxPaths {
		// Names of columns are ever new. What is remembered has their numbers.
		m.forget()
	}
	b := m.key[:0]
	if c.HasSchema {
		b = append(b, 1)
	}
	for k := range c.Columns {
		col := &c.Columns[k]
		b = append(b, col.Name...)
		b = append(b, 0xff) // no name holds it: names are UTF-8
		for j := range col.States {
			b = appendState(b, &col.States[j], col.Status[j])
		}
	}
	m.key = b
	m.table = m.tables[string(b)]
	if m.table == 0 && m.afford(b, 0) {
		m.table = uint32(len(m.tables) + 1)
		m.tables[string(b)] = m.table
	}
}

// missing lists the open facts that keep a risk item open.
func (m *missingMemo) missing(x *explainer, item int, r rows) *openFacts {
	it := &m.e.risk.items[item]
	c := &m.closures[item]
	if m.e.tables == nil || c.columns && m.table == 0 {
		return m.number(x.missing(it, riskRows, r))
	}
	m.fill(c, item, r)
	if out, ok := m.known[string(m.key)]; ok {
		return out
	}
	out := m.number(x.missing(it, riskRows, r))
	if m.afford(m.key, out.size()) {
		m.known[string(m.key)] = out
	}
	return out
}

// asksAtOnce tells whether a question with a condition is certainly asked.
func (m *missingMemo) asksAtOnce(x *explainer, condition string) bool {
	if condition == "" {
		return true
	}
	holds, known := m.first[condition]
	if !known {
		holds = x.ruleHolds("asked."+condition, scope{column: -1, list: -1})
		m.first[condition] = holds
	}
	return holds
}

// fill makes the key of an item.
func (m *missingMemo) fill(c *closure, item int, r rows) {
	b := binary.LittleEndian.AppendUint16(m.key[:0], uint16(item))
	b = append(b, r.known, r.possible)
	for _, i := range c.facts {
		b = appendState(b, &m.c.Risk[i], m.c.Status[i])
	}
	for _, l := range c.lists {
		entries := m.c.Entries[l]
		b = binary.LittleEndian.AppendUint32(b, uint32(len(entries)))
		for k := range entries {
			for j := range entries[k].States {
				b = appendState(b, &entries[k].States[j], entries[k].Status[j])
			}
		}
	}
	if c.columns {
		b = binary.LittleEndian.AppendUint32(b, m.table)
	}
	m.key = b
}

// appendState appends a state: its numbers only where it has some, and nothing more
// than that where all is open.
func appendState(b []byte, st *facts.State, status facts.Status) []byte {
	flags := byte(status)
	if st.IsOpen() {
		return append(b, flags|0x20)
	}
	if st.Void {
		flags |= 0x40
	}
	numbers := st.Low != 0 || st.High != 0
	if numbers {
		flags |= 0x80
	}
	b = append(b, flags)
	b = binary.LittleEndian.AppendUint64(b, st.Yes)
	b = binary.LittleEndian.AppendUint64(b, st.No)
	if numbers {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(st.Low))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(st.High))
	}
	return b
}
