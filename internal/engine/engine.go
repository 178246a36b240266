// Package engine evaluates the policies on the facts of a dataset and puts the
// assessment together. It is the only package that knows the policy engine.
package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/facts"
	"puntari/internal/score"
)

// ErrCouldNotAssess is at the root of every error that means that no result can
// be trusted: a policy failed, ran out of time, or gave something undefined.
var ErrCouldNotAssess = errors.New("could not assess")

// Options change how an engine works. The zero value is the normal way.
type Options struct {
	// Timeout is how long one evaluation of the policies may take; 0 means ten
	// seconds.
	Timeout time.Duration
	// NoTables turns the decision tables off, so that every item is evaluated
	// anew for every dataset. The results are the same.
	NoTables bool
}

const defaultTimeout = 10 * time.Second

// Engine holds compiled policies. It is safe for concurrent use.
type Engine struct {
	Catalogue *checklist.Catalogue
	Space     *facts.Space

	options  Options
	compiler *ast.Compiler
	store    storage.Store
	txn      storage.Transaction

	risk, opportunity *list
	// opportunityReads is what the opportunity items read, all together.
	opportunityReads reads
	asked            []condition
	strata           [][]int // indexes of conditional facts, in the order of resolution
	stratumQueries   []stratumQuery
	conditionOf      []int // index of the condition of a fact's question, -1 without one
	decision         *query
	decisionReads    *decisionReads
	levelNumber      map[string]int // place in the order of levels
	// used tells which facts some policy reads, counted by which names columns are counted.
	used    []bool
	counted map[int]uint64
	// onlyOpportunity tells which facts no risk item reads.
	onlyOpportunity []bool

	scorer  *score.Scorer
	program *program
	// opaque are the queries for rules that the explainer cannot read.
	opaque  map[string]*opaque
	hasLate bool

	digests assessment.Digests
	views   sync.Pool
	tables  *tables
	// remembered is how many bytes the judges remember.
	remembered atomic.Int64
	// periods are nil where everything is always in force.
	periods *periods
}

// list is one of the two checklists, ready for evaluation.
type list struct {
	items []item
	index map[string]int
	rows  []string // the row kinds in the order of the query
	query *query   // all rows of all items
	// own is the package of the items that an organisation added; empty without any.
	own string
	// dormant are items that are not in force, of which rules may speak.
	dormant map[string]bool
}

// item is an item with what its rows read.
type item struct {
	*checklist.Item
	rows  map[string]*reads
	reads reads // of all rows together
	// package_ is the package of the rows, as rules are named.
	package_ string
	// query asks for all rows of the item; queried are their numbers.
	query   *query
	queried []int
	// late items read the value score, which the other items make.
	late bool
	// number is the item's place among the items of both checklists.
	number     int
	projection projection
	// levels are the numbers of the levels of a risk item by what it comes to, -1
	// for none. canBlock tells whether a fail of it blocks, decisionTheme is the
	// place of its theme among those that the decision names, or -1.
	levels        [1 << len(setNames)]int8
	canBlock      bool
	decisionTheme int
}

// level is the number of the level of a risk item that comes to s, or -1.
func (it *item) level(s set) int { return int(it.levels[s]) }

// condition is a rule of package puntari.asked.
type condition struct {
	name       string
	reads      *reads
	query      *query
	projection projection
}

// opaque is a rule that the explainer cannot read, so that the policy engine has
// to be asked whether it holds.
type opaque struct {
	query      query
	reads      *reads
	number     int
	projection projection
}

// The rows of the two checklists.
const (
	rowFail    = "fail"
	rowConcern = "concern"
	rowPass    = "pass"
	rowNA      = "na"
	rowUnknown = "unknown"
)

var (
	riskRows        = []string{rowFail, rowNA, rowUnknown, rowConcern}
	opportunityRows = []string{rowNA, rowPass, rowConcern}
)

// New compiles policies and makes an engine of them.
func New(c *checklist.Catalogue, policies fs.FS, o Options) (*Engine, error) {
	p, err := CompileFor(c, policies)
	if err != nil {
		return nil, err
	}
	return NewCompiled(c, p, o)
}

// NewCompiled makes an engine from a catalogue and compiled policies. Each
// assessment is made by what is in force on its day.
func NewCompiled(c *checklist.Catalogue, p *Compiled, o Options) (*Engine, error) {
	e, err := build(c, p, o)
	if err != nil {
		return nil, err
	}
	e.split(p)
	return e, nil
}

func build(c *checklist.Catalogue, p *Compiled, o Options) (*Engine, error) {
	if p.Err != nil {
		return nil, p.Err
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	space, err := facts.NewSpace(c)
	if err != nil {
		return nil, err
	}
	e := &Engine{Catalogue: c, Space: space, options: o, compiler: p.compiler}
	e.digests.Policies = p.digest
	e.digests.Checklists = c.Digest()
	e.digests.Parameters = digestOf(params(c))
	if err := e.load(); err != nil {
		return nil, err
	}
	return e, e.prepare(p.modules)
}

// Digests are the digests of what decides; that of the descriptor is empty.
func (e *Engine) Digests() assessment.Digests {
	return e.digests
}

func params(c *checklist.Catalogue) map[string]any {
	p := map[string]any{}
	for k, v := range c.Policy.Params {
		p[k] = v.Value
	}
	return p
}

// load puts the data that policies may read into the store.
func (e *Engine) load() error {
	e.store = inmem.NewFromObjectWithOpts(Data(e.Catalogue), inmem.OptReturnASTValuesOnRead(true), inmem.OptRoundTripOnWrite(true))
	txn, err := e.store.NewTransaction(context.Background())
	if err != nil {
		return err
	}
	e.txn = txn
	return nil
}

func (e *Engine) prepare(modules map[string]*ast.Module) error {
	deps := newDependencies(e.compiler, e.Space)
	var err error
	if e.risk, err = e.list(&e.Catalogue.Risk, "risk", riskRows, deps); err != nil {
		return err
	}
	if e.opportunity, err = e.list(&e.Catalogue.Opportunity, "opportunity", opportunityRows, deps); err != nil {
		return err
	}
	if err := e.prepareAsked(deps); err != nil {
		return err
	}
	e.used = make([]bool, len(e.Space.Facts))
	for _, r := range deps.seen {
		for _, i := range r.facts {
			e.used[i] = true
		}
	}
	e.counted = deps.counted
	e.onlyOpportunity = make([]bool, len(e.Space.Facts))
	for i := range e.opportunity.items {
		e.opportunityReads.add(&e.opportunity.items[i].reads)
		for _, f := range e.opportunity.items[i].reads.facts {
			e.onlyOpportunity[f] = true
		}
	}
	for i := range e.risk.items {
		for _, f := range e.risk.items[i].reads.facts {
			e.onlyOpportunity[f] = false
		}
	}
	e.decision = &query{text: "data.puntari.decision.decision"}
	e.scorer = score.New(e.Catalogue, setNames[:]...)
	parameters := map[string]float64{}
	for k, v := range e.Catalogue.Policy.Params {
		parameters[k] = v.Value
	}
	e.program = newProgram(modules, e.Space, parameters, deps)
	e.project()
	e.opaque = map[string]*opaque{}
	for name, r := range e.program.rules {
		if r.opaque && !isRow(name) {
			e.opaque[name] = &opaque{query: query{text: dataPath(name)}, reads: r.reads, number: len(e.opaque), projection: e.program.everything(r.reads)}
		}
	}
	for i := range e.opportunity.items {
		e.hasLate = e.hasLate || e.opportunity.items[i].late
	}
	e.views.New = func() any { return newView(e) }
	if err := e.prepareDecision(modules); err != nil {
		return err
	}
	if !e.options.NoTables {
		e.tables = newTables(e)
		e.tables.undecidable = e.decisionReads.unreadable
	}
	return nil
}

// project works out what the rules of items and conditions can tell apart.
func (e *Engine) project() {
	for n, l := range []*list{e.risk, e.opportunity} {
		for i := range l.items {
			it := &l.items[i]
			it.number = n*len(e.risk.items) + i
			var rules []string
			for row := range it.rows {
				rules = append(rules, it.rowName(row))
			}
			slices.Sort(rules) // atoms are numbered alike in every run
			it.projection = e.program.project(&it.reads, rules...)
		}
	}
	for i := range e.asked {
		e.asked[i].projection = e.program.project(e.asked[i].reads, "asked."+e.asked[i].name)
	}
}

// list finds the rows of each item of a checklist in its theme's package.
func (e *Engine) list(c *checklist.Checklist, kind string, rows []string, deps *dependencies) (*list, error) {
	l := &list{index: map[string]int{}, rows: rows, dormant: dormant(e.Catalogue)}
	packages := map[string]string{}
	for _, t := range c.Themes {
		packages[t.Code] = t.Package
	}
	for i := range c.Items {
		it := item{Item: &c.Items[i], rows: map[string]*reads{}, package_: kind + "." + packages[c.Items[i].Theme]}
		if it.Package != "" {
			it.package_ = it.Package
			l.own = it.Package
		}
		var parts []string
		for n, row := range rows {
			path := it.package_ + "." + row
			for _, r := range deps.rules[path+" "+it.ID] {
				if it.rows[row] == nil {
					it.rows[row] = &reads{}
					it.queried = append(it.queried, n)
					parts = append(parts, fmt.Sprintf("r%d = {1 | %s[%q]}", n, dataPath(path), it.ID))
				}
				it.rows[row].add(deps.rule(r))
			}
		}
		if len(it.rows) == 0 {
			return nil, fmt.Errorf("policies: %s has no rule in package %s", it.ID, strings.TrimPrefix(dataPath(it.package_), "data."))
		}
		for _, r := range it.rows {
			it.reads.add(r)
		}
		it.query = &query{text: strings.Join(parts, "; ")}
		_, it.late = slices.BinarySearch(it.reads.facts, e.Space.Index(facts.ValueScore))
		l.index[it.ID] = len(l.items)
		l.items = append(l.items, it)
	}
	var parts []string
	for i, row := range rows {
		parts = append(parts, fmt.Sprintf("r%d = [s | s := data.puntari.%s[_].%s]", i, kind, row))
	}
	// The rows of an organisation are asked for apart, so that they count for its own
	// items only.
	if l.own != "" {
		for i, row := range rows {
			parts = append(parts, fmt.Sprintf("r%d = [s | s := %s.%s]", len(rows)+i, dataPath(l.own), row))
		}
	}
	l.query = &query{text: strings.Join(parts, "; ")}
	return l, l.inPlace(kind, deps)
}

// inPlace refuses rows of items in another package of the checklist than their
// theme's. All rows together are asked for by package, so that such a row would
// count for some datasets and not for others.
func (l *list) inPlace(kind string, deps *dependencies) error {
	for _, name := range slices.Sorted(maps.Keys(deps.rules)) {
		path, id, isRow := strings.Cut(name, " ")
		i, known := l.index[id]
		if !isRow || !known || !strings.HasPrefix(path, kind+".") {
			continue
		}
		own := l.items[i].package_
		if pkg := path[:strings.LastIndexByte(path, '.')]; pkg != own {
			return fmt.Errorf("policies: %s has a rule in package %s; its rules belong in %s", id, strings.TrimPrefix(dataPath(pkg), "data."), strings.TrimPrefix(dataPath(own), "data."))
		}
	}
	return nil
}

// prepareAsked finds the conditions that questions depend on and the order in
// which to resolve them: a condition comes after the facts that it reads.
func (e *Engine) prepareAsked(deps *dependencies) error {
	byName := map[string]int{}
	conditional := map[int]string{}
	for i := range e.Space.Facts {
		name := e.Space.Facts[i].Asked
		if name == "always" || name == "never" || name == "" {
			continue
		}
		conditional[i] = name
		if _, ok := byName[name]; ok {
			continue
		}
		rules := deps.rules["asked."+name]
		if len(rules) == 0 {
			return fmt.Errorf("checklists: %s: askWhen names %s, which is not a rule of package puntari.asked", e.Space.Facts[i].Path, name)
		}
		r := &reads{}
		for _, rule := range rules {
			r.add(deps.rule(rule))
		}
		if r.proven {
			return fmt.Errorf("policies: puntari.asked.%s asks for what is proven; a question is asked for what is possible", name)
		}
		byName[name] = len(e.asked)
		e.asked = append(e.asked, condition{name: name, reads: r, query: &query{text: "data.puntari.asked." + name}})
	}
	e.conditionOf = make([]int, len(e.Space.Facts))
	for i := range e.conditionOf {
		e.conditionOf[i] = -1
		if name, ok := conditional[i]; ok {
			e.conditionOf[i] = byName[name]
		}
	}
	level := map[int]int{}
	var depth func(i int, path []int) (int, error)
	depth = func(i int, path []int) (int, error) {
		name, ok := conditional[i]
		if !ok {
			return 0, nil
		}
		if l, ok := level[i]; ok {
			return l, nil
		}
		if slices.Contains(path, i) {
			return 0, fmt.Errorf("checklists: %s: askWhen depends on itself", e.Space.Facts[i].Path)
		}
		path = append(path, i)
		most := 0
		before := slices.Clone(e.asked[byName[name]].reads.facts)
		before = append(before, e.Space.AskOf(i)...)
		for _, j := range before {
			l, err := depth(j, path)
			if err != nil {
				return 0, err
			}
			most = max(most, l)
		}
		level[i] = most + 1
		return most + 1, nil
	}
	for i := range e.Space.Facts {
		if _, ok := conditional[i]; !ok {
			continue
		}
		l, err := depth(i, nil)
		if err != nil {
			return err
		}
		for len(e.strata) < l {
			e.strata = append(e.strata, nil)
		}
		e.strata[l-1] = append(e.strata[l-1], i)
	}
	e.prepareStrata()
	return nil
}

// prepareStrata makes a query for all conditions of each stratum.
func (e *Engine) prepareStrata() {
	for _, stratum := range e.strata {
		s := stratumQuery{query: &query{}}
		var parts []string
		for _, i := range stratum {
			n := e.conditionOf[i]
			if slices.Contains(s.conditions, n) {
				continue
			}
			parts = append(parts, fmt.Sprintf("c%d = {1 | data.puntari.asked.%s}", len(parts), e.asked[n].name))
			s.conditions = append(s.conditions, n)
		}
		s.query.text = strings.Join(parts, "; ")
		e.stratumQueries = append(e.stratumQueries, s)
	}
}

// stratumQuery asks for several conditions at once.
type stratumQuery struct {
	query      *query
	conditions []int // indexes of the conditions, in the order of the query's variables
}

// prepareDecision works out what the decision needs to know of the risk items.
func (e *Engine) prepareDecision(modules map[string]*ast.Module) error {
	levels := &e.Catalogue.Policy.Levels
	e.levelNumber = map[string]int{}
	for i, l := range levels.Names {
		e.levelNumber[l.Level] = i
	}
	if len(e.levelNumber) > maxLevels {
		return fmt.Errorf("checklists: policy.yaml: more than %d levels", maxLevels)
	}
	e.decisionReads = e.readDecision(modules)
	blocking, err := e.blocking()
	if err != nil {
		return err
	}
	for i := range e.risk.items {
		it := &e.risk.items[i]
		it.canBlock = blocking[it.ID]
		it.decisionTheme = slices.Index(e.decisionReads.themes, it.Theme)
		for s := range it.levels {
			it.levels[s] = -1
			if level := levels.Item[set(s).single()][it.Severity]; level != "" {
				n, ok := e.levelNumber[level]
				if !ok {
					return fmt.Errorf("checklists: policy.yaml: levels.item: %s is not among levels.names", level)
				}
				it.levels[s] = int8(n)
			}
		}
	}
	return nil
}

// blocking asks the decision policy which items can block.
func (e *Engine) blocking() (map[string]bool, error) {
	v, err := e.eval(context.Background(), &query{text: "data.puntari.decision.can_block"}, ast.NewObject())
	if err != nil {
		return nil, err
	}
	set, ok := v.(ast.Set)
	if !ok {
		return nil, fmt.Errorf("policies: data.puntari.decision.can_block is not a set")
	}
	out := map[string]bool{}
	set.Foreach(func(t *ast.Term) {
		if id, ok := t.Value.(ast.String); ok {
			out[string(id)] = true
		}
	})
	return out, nil
}

func digestOf(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain data always marshals
	}
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}
