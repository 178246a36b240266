package facts

import (
	"slices"
	"time"

	"puntari/internal/checklist"
	"puntari/internal/claims"
	"puntari/internal/descriptor"
)

// Status tells where the state of a fact comes from.
type Status uint8

// The statuses of a fact.
const (
	Missing     Status = iota // nothing is said
	SaidUnknown               // the descriptor says "unknown"
	Answered
	Assumed // the question is not asked, so the harmless value counts
	Doubted // not asked, but the column's name says that it should be
)

// Open tells whether the question is still to be answered.
func (s Status) Open() bool { return s == Missing || s == SaidUnknown || s == Doubted }

// Case is what is known of one dataset.
type Case struct {
	Space *Space
	// Dataset is the descriptor as it was read.
	Dataset *descriptor.Dataset
	Date    time.Time
	// Answers holds what the descriptor says, by field index.
	Answers []descriptor.Answer
	// Risk holds the state of every fact as the risk items see it: a question
	// that does not matter is taken for granted. Opportunity holds it without
	// that, since value is never taken for granted. For a fact about columns the
	// state is that of all columns together: Yes when some column certainly has
	// the value, No when certainly none has.
	Risk, Opportunity []State
	// Status tells how each fact stands for the risk items, OpportunityStatus for
	// the others.
	Status, OpportunityStatus []Status
	// Columns are the columns of the release; columns that are dropped are not.
	Columns []Column
	// Entries are the elements of the lists of objects, by the index of the list.
	Entries map[int][]Entry
	// Claims are the statements beside what was measured; nil without a
	// measurement.
	Claims []claims.Claim
	// HasSchema tells that columns are listed.
	HasSchema bool

	// settled is the descriptor that the facts were read from.
	settled *descriptor.Dataset
	memory  *memory
}

// memory is what a case lies in. It is most of what is needed to judge one
// dataset after the other, so it is used again.
type memory struct {
	answers       []descriptor.Answer
	states        []State
	status        []Status
	columns       []State
	columnsStatus []Status
	// said and saidStatus are the columns as they were read, before questions were
	// resolved, with those that are dropped.
	said       []State
	saidStatus []Status
	list       []Column
	entries    map[int][]Entry
}

// memory returns cleared memory.
func (s *Space) memory() *memory {
	m, ok := s.free.Get().(*memory)
	if !ok {
		return &memory{
			answers: make([]descriptor.Answer, descriptor.FieldCount), states: make([]State, 2*len(s.Facts)), status: make([]Status, 2*len(s.Facts)),
			entries: map[int][]Entry{},
		}
	}
	clear(m.answers)
	clear(m.states)
	clear(m.status)
	clear(m.entries)
	return m
}

// Release gives the memory of the case back. Neither the case nor what it holds
// may be used after that.
func (c *Case) Release() {
	c.Space.free.Put(c.memory)
	c.memory = nil
}

// Column is a column of the release.
type Column struct {
	Entry
	Name string
	// Suspicion is the lexicon entry that the name matches, or nil.
	Suspicion *checklist.LexiconEntry
}

// Entry is an element of a list of objects: the states and statuses of its
// members, in the order of Space.Columns or Space.Lists.
type Entry struct {
	States []State
	Status []Status
}

// NewCase reads the facts of a dataset. The date is the day of the assessment.
// Facts whose question depends on a condition and that are not answered are
// left to [Case.Resolve].
//
// Where a measurement contradicts the descriptor, the more cautious of the two
// counts.
func (s *Space) NewCase(d *descriptor.Dataset, date time.Time) *Case {
	return s.NewCaseAfter(nil, d, date)
}

// NewCaseAfter reads the facts of a dataset that was made of another one, of which
// the case is before: columns that were left alone are not read again. before may
// be nil.
func (s *Space) NewCaseAfter(before *Case, d *descriptor.Dataset, date time.Time) *Case {
	said := d
	d, compared := s.claims.Settle(said)
	m := s.memory()
	c := &Case{Space: s, Dataset: said, Date: date, Answers: m.answers, Claims: compared, settled: d, memory: m}
	n := len(s.Facts)
	c.Risk, c.Opportunity = m.states[:n:n], m.states[n:]
	c.Status, c.OpportunityStatus = m.status[:n:n], m.status[n:]
	d.Answers(c.Answers)
	c.readColumns(d, before)
	c.readLists(d)
	for _, i := range s.alone {
		x := &s.Facts[i]
		a := &c.Answers[x.FieldIndex]
		if x.onlyWhen >= 0 && a.Given {
			if on := &s.Facts[x.onlyWhen]; on.bit[c.Answers[on.FieldIndex].Text] != x.onlyWhenMask {
				a = &descriptor.Answer{}
			}
		}
		st := &c.Risk[i]
		status := c.read(x, a, st)
		c.Opportunity[i], c.OpportunityStatus[i], c.Status[i] = *st, status, status
		if x.neverAsked && status.Open() {
			c.assume(i)
		}
	}
	c.computed(d)
	return c
}

// read sets the state of a fact to what an answer says.
func (c *Case) read(x *Fact, a *descriptor.Answer, st *State) Status {
	switch {
	case !a.Given:
		*st = open()
		return Missing
	case a.Unknown:
		*st = open()
		return SaidUnknown
	}
	switch x.Kind {
	case Choice:
		if x.list {
			return x.readList(a, st)
		}
		x.scalar(a.Text, st)
	case Amount:
		*st = State{Low: a.Number, High: a.Number}
	case Day:
		if a.Text == "" {
			*st = State{No: x.set, Void: true}
			break
		}
		days, ok := c.days(x, a.Text)
		if !ok {
			*st = open()
			return SaidUnknown // the reader has complained
		}
		*st = State{Yes: x.set, Low: days, High: days}
	case Text:
		if a.Text == "" && a.Count == 0 {
			*st = State{No: x.all}
			break
		}
		*st = State{Yes: x.set}
	case Texts:
		return x.readList(a, st)
	default:
		*st = State{Low: float64(a.Count), High: float64(a.Count)}
	}
	return Answered
}

// readList sets the state of a fact that is a list of texts.
func (x *Fact) readList(a *descriptor.Answer, st *State) Status {
	if a.Count == 0 && x.Field != nil && x.Field.EmptyIsNoAnswer {
		*st = open()
		return Missing
	}
	*st = x.listed(a.List)
	return Answered
}

// days is the number of days from the assessment's date to a date, or the
// length of a duration.
func (c *Case) days(x *Fact, text string) (float64, bool) {
	if x.Field.Type == "duration" {
		return durationDays(text)
	}
	t, ok := date(text)
	if !ok {
		return 0, false
	}
	return daysBetween(c.Date, t), true
}

// assume gives a fact its state for a question that is not asked. A list that
// is taken to be empty has no members with any value.
func (c *Case) assume(i int) {
	x := &c.Space.Facts[i]
	c.Risk[i] = x.assumed
	c.Status[i] = Assumed
	if x.Kind == Objects && !x.assumed.Void {
		for _, m := range c.Space.Lists[i] {
			c.Risk[m] = State{No: c.Space.Facts[m].all}
			c.Status[m] = Assumed
		}
	}
}

// readColumns reads the columns that are not dropped.
func (c *Case) readColumns(d *descriptor.Dataset, before *Case) {
	s := c.Space
	dropped := s.Facts[s.transforms].bit["dropped"]
	c.HasSchema = len(d.Schema.Fields) > 0
	if !c.HasSchema {
		return
	}
	m, n := c.memory, len(s.Columns)
	c.Columns = slices.Grow(m.list[:0], len(d.Schema.Fields))
	m.list = c.Columns
	size := len(d.Schema.Fields) * n
	m.said, m.saidStatus = slices.Grow(m.said[:0], size)[:size], slices.Grow(m.saidStatus[:0], size)[:size]
	at := 0 // where to look for a column in the case before
	for k := range d.Schema.Fields {
		f := &d.Schema.Fields[k]
		states, status := m.said[k*n:(k+1)*n], m.saidStatus[k*n:(k+1)*n]
		at = before.findColumn(f, at)
		if before != nil && at < len(before.settled.Schema.Fields) && f.Same(&before.settled.Schema.Fields[at]) {
			copy(states, before.memory.said[at*n:])
			copy(status, before.memory.saidStatus[at*n:])
		} else {
			c.readColumn(f, states, status)
		}
		at++
	}
	m.columns, m.columnsStatus = append(m.columns[:0], m.said...), append(m.columnsStatus[:0], m.saidStatus...)
	for k := range d.Schema.Fields {
		col := Column{Entry: Entry{States: m.columns[k*n : (k+1)*n : (k+1)*n], Status: m.columnsStatus[k*n : (k+1)*n : (k+1)*n]}}
		if col.States[s.Facts[s.transforms].column].Yes&dropped != 0 {
			continue
		}
		if name := d.Schema.Fields[k].Name; name != nil {
			col.Name = *name
			col.Suspicion = s.names.Find(col.Name)
		}
		c.Columns = append(c.Columns, col)
	}
	for j := range s.Columns {
		c.summarise(j)
	}
}

// findColumn finds the column with a name from a place on; where there is none it
// is the end. Measures drop columns but do not move them.
func (c *Case) findColumn(f *descriptor.Column, from int) int {
	if c == nil {
		return from
	}
	for from < len(c.settled.Schema.Fields) && f.Name != c.settled.Schema.Fields[from].Name {
		from++
	}
	return from
}

// readColumn reads the states of a column.
func (c *Case) readColumn(f *descriptor.Column, states []State, status []Status) {
	answers := c.Answers // a column's fields have places of their own there
	f.Answers(answers)
	for j, i := range c.Space.Columns {
		x := &c.Space.Facts[i]
		status[j] = c.read(x, &answers[x.FieldIndex], &states[j])
		if x.neverAsked && status[j].Open() {
			states[j], status[j] = x.assumed, Assumed
		}
	}
}

// summarise sets the state of all columns together for the j-th fact about columns.
func (c *Case) summarise(j int) {
	i := c.Space.Columns[j]
	st, status := State{No: c.Space.Facts[i].all}, Answered
	if len(c.Columns) == 0 && !c.HasSchema {
		st, status = State{}, Missing
	}
	for k := range c.Columns {
		e := &c.Columns[k].Entry
		st.Yes |= e.States[j].Yes
		st.No &= e.States[j].No
		if e.Status[j].Open() {
			status = e.Status[j]
		}
	}
	c.Risk[i], c.Opportunity[i] = st, st
	c.Status[i], c.OpportunityStatus[i] = status, status
}

// readLists reads the elements of the other lists of objects.
func (c *Case) readLists(d *descriptor.Dataset) {
	c.Entries = c.memory.entries
	answers := c.Answers // the elements' fields have places of their own there
	read := func(path string, missing bool, n int, element func(int) func([]descriptor.Answer)) {
		i := c.Space.Index(path)
		members := c.Space.Lists[i]
		entries := make([]Entry, n)
		for k := range entries {
			element(k)(answers)
			e := Entry{States: make([]State, len(members)), Status: make([]Status, len(members))}
			for j, m := range members {
				x := &c.Space.Facts[m]
				e.Status[j] = c.read(x, &answers[x.FieldIndex], &e.States[j])
				if e.Status[j] == Missing && x.Kind == Text {
					e.States[j] = State{No: x.all} // a text that is not there is not set
				}
			}
			entries[k] = e
		}
		c.Entries[i] = entries
		if i >= 0 && c.Space.Facts[i].Field == nil { // measures have no field for the list
			if missing {
				c.Risk[i], c.Opportunity[i] = State{}, State{}
			}
			c.Risk[i] = State{Low: float64(n), High: float64(n)}
			c.Opportunity[i] = c.Risk[i]
			c.Status[i], c.OpportunityStatus[i] = Answered, Answered
		}
		for j, m := range members {
			st, status := State{No: c.Space.Facts[m].all}, Answered
			if missing {
				st, status = State{}, Missing
			}
			for k := range entries {
				st.Yes |= entries[k].States[j].Yes
				st.No &= entries[k].States[j].No
				if entries[k].Status[j].Open() {
					status = entries[k].Status[j]
				}
			}
			c.Risk[m], c.Opportunity[m] = st, st
			c.Status[m], c.OpportunityStatus[m] = status, status
		}
	}
	read("profile.piiHits", d.Profile.PiiHits == nil, len(d.Profile.PiiHits), func(k int) func([]descriptor.Answer) { return d.Profile.PiiHits[k].Answers })
	read("confidentiality.secrecyGrounds", d.Confidentiality.SecrecyGrounds == nil, len(d.Confidentiality.SecrecyGrounds), func(k int) func([]descriptor.Answer) { return d.Confidentiality.SecrecyGrounds[k].Answers })
	read("rights.thirdPartySources", d.Rights.ThirdPartySources == nil, len(d.Rights.ThirdPartySources), func(k int) func([]descriptor.Answer) { return d.Rights.ThirdPartySources[k].Answers })
	read("demand.useCases", d.Demand.UseCases == nil, len(d.Demand.UseCases), func(k int) func([]descriptor.Answer) { return d.Demand.UseCases[k].Answers })
	read("benefit.strategyLinks", d.Benefit.StrategyLinks == nil, len(d.Benefit.StrategyLinks), func(k int) func([]descriptor.Answer) { return d.Benefit.StrategyLinks[k].Answers })
	read("mitigations", d.Mitigations == nil, len(d.Mitigations), func(k int) func([]descriptor.Answer) { return d.Mitigations[k].Answers })
}

// computed sets the facts that are worked out from fields.
func (c *Case) computed(d *descriptor.Dataset) {
	s := c.Space
	set := func(i int, st State, known bool) {
		status := Answered
		if !known {
			st, status = open(), Missing
		}
		c.Risk[i], c.Opportunity[i] = st, st
		c.Status[i], c.OpportunityStatus[i] = status, status
	}
	from, ok1 := date(c.Answers[s.Facts[s.places.start].FieldIndex].Text)
	to, ok2 := date(c.Answers[s.Facts[s.places.end].FieldIndex].Text)
	span := daysBetween(from, to)
	set(s.places.span, State{Low: span, High: span}, ok1 && ok2)
	described := 0
	for k := range d.Schema.Fields {
		if f := &d.Schema.Fields[k]; hasText(f.Description) && !dropped(f) {
			described++
		}
	}
	share := 0.0
	if len(c.Columns) > 0 {
		share = 100 * float64(described) / float64(len(c.Columns))
	}
	set(s.places.described, State{Low: share, High: share}, len(c.Columns) > 0)
	set(s.places.value, State{}, false)
	tested, contradicted := claims.Count(c.Claims)
	set(s.places.tested, State{Low: float64(tested), High: float64(tested)}, true)
	set(s.places.contradicted, State{Low: float64(contradicted), High: float64(contradicted)}, true)
}

// hasText tells whether there is a text in some language.
func hasText(t descriptor.LangText) bool {
	if t["en"] != "" { // which takes less time than the others
		return true
	}
	for _, s := range t {
		if s != "" {
			return true
		}
	}
	return false
}

func dropped(f *descriptor.Column) bool { return slices.Contains(f.Transforms, "dropped") }

// SetValue tells how high the value of opening is, in points from 0 to 100.
func (c *Case) SetValue(low, high int) {
	i := c.Space.places.value
	st := State{Low: float64(low), High: float64(high)}
	c.Risk[i], c.Opportunity[i] = st, st
	c.Status[i], c.OpportunityStatus[i] = Answered, Answered
}

// OpenList tells whether it is open what a list of objects holds, for one of the
// checklists.
func (c *Case) OpenList(i int) bool { return c.Status[i].Open() || c.OpportunityStatus[i].Open() }

// Unresolved tells whether the fact waits for its condition: it is not answered
// and asked only on a condition.
func (c *Case) Unresolved(i int) bool {
	if j := c.Space.Facts[i].column; j >= 0 {
		for k := range c.Columns {
			if c.Columns[k].Status[j].Open() {
				return true
			}
		}
		return false
	}
	return c.Status[i].Open()
}

// Resolve tells whether the condition of the fact's question may hold. Where it
// cannot, the harmless value is taken for granted.
func (c *Case) Resolve(i int, asked bool) {
	s := c.Space
	x := &s.Facts[i]
	if x.column < 0 {
		if !asked && c.Status[i].Open() {
			c.assume(i)
		}
		return
	}
	j := x.column
	for k := range c.Columns {
		col := &c.Columns[k]
		if !col.Status[j].Open() {
			continue
		}
		of := asked
		if of && len(x.askOf) > 0 {
			of = false
			for _, a := range x.askOf {
				if st := col.States[s.Facts[a.fact].column]; a.mask&^st.No != 0 {
					of = true // the column may have the attribute
				}
			}
		}
		switch {
		case of:
		case i == s.role && col.Suspicion != nil:
			// A declaration for the whole dataset does not answer for a column
			// whose name says otherwise.
			col.Status[j] = Doubted
		default:
			col.States[j], col.Status[j] = x.assumed, Assumed
		}
	}
	c.summarise(j)
}
