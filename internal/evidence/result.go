package evidence

import (
	"time"

	"puntari/internal/detect"
	"puntari/internal/disclosure"
	"puntari/internal/table"
)

// Result is what was measured. None of its types can hold what stands in a
// cell: there are counts, shares and numbers of small sets, names of columns as
// they may be shown ([Name]), and identifiers from the checklists ([ID]). A test
// goes through the types.
type Result struct {
	Source  Source
	Columns []Column
	// Beyond counts what was found in cells that belong to no column.
	Beyond Findings
	// Rows says what a row is, Entity which column tells persons apart.
	Rows   RowMeaning
	Entity Name
	// Fraction is the share of the population that is in the file.
	Fraction float64
	// Scenarios are the groups of records that look alike, one for each set of
	// columns that somebody may know.
	Scenarios []Scenario
	// Tracks say how few events single a person out, or nil.
	Tracks *Tracks
	// Sensitive is measured against the scenario with all quasi-identifiers.
	Sensitive []Sensitive
	// Combinations are the columns that tell records apart best, or nil.
	Combinations *Combinations
	// Contributions are the columns that make records stand out, or nil.
	Contributions *Contributions
	// Twins are columns that say the same: to change one alone changes nothing.
	Twins [][]Name
	// Changes are the effects of single changes, Plan the set that is proposed to
	// reach the group size asked for, or nil, Alternatives are others that reach it.
	Changes      []Change
	Plan         *Plan
	Alternatives []Plan
	// Cells are the small counts of a table of counts, Totals what its totals give
	// away, or nil, and Dominance how far its sums rest on a few contributors.
	Cells     []Cells
	Totals    *Totals
	Dominance []Dominance
	// Limits are the reasons why something is not known.
	Limits []Limit
	// Values are the parameters of the policy by which this was measured, in the order
	// of their names.
	Values []Value
}

// ID is an identifier from the checklists: of a scenario, a recoding, an
// attribute or a mitigation.
type ID struct{ text string }

func (i ID) String() string { return i.text }

// Source is the file that was measured.
type Source struct {
	Format    table.Format
	Gzip      bool
	Encoding  Encoding
	Delimiter rune
	Header    bool
	Titles    int
	Sheet     int
	Sheets    int
	Guessed   []Setting
	Bytes     int64
	// Rows are the rows of data, Totals and Notes those that were set apart.
	Rows, Totals, Notes int64
	Ragged              int64
	// Mixed tells that parts of the file were in another encoding.
	Mixed    bool
	Digest   Digest
	Modified time.Time
}

// Encoding is the name of an encoding that package table reads.
type Encoding struct{ text string }

// Setting is a setting of the reader that was guessed.
type Setting struct{ text string }

// Digest identifies the file.
type Digest struct{ text string }

// RowMeaning is what a row stands for.
type RowMeaning uint8

// The meanings of a row.
const (
	RowsUnknown RowMeaning = iota
	RowsPerson
	RowsEvent
	RowsAggregate
	RowsThing
)

var rowMeanings = []string{"unknown", "person", "event", "aggregate", "thing"}

func (r RowMeaning) String() string { return rowMeanings[r] }

// ParseRows returns the meaning with the name.
func ParseRows(name string) (RowMeaning, bool) {
	for i, n := range rowMeanings {
		if n == name {
			return RowMeaning(i), true
		}
	}
	return 0, false
}

// Type is the type of a column, in the words of the field catalogue.
type Type uint8

// The types of columns.
const (
	TypeString Type = iota
	TypeInteger
	TypeNumber
	TypeBoolean
	TypeDate
	TypeDateTime
	TypeTime
	TypeYear
	TypeYearMonth
	TypeAny // nothing but blanks
)

var typeNames = []string{"string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "any"}

func (t Type) String() string { return typeNames[t] }

// Role is a suggested disclosure role.
type Role uint8

// The roles.
const (
	NoRole Role = iota
	DirectIdentifier
	PseudonymousKey
	QuasiIdentifier
	SensitiveAttribute
	MeasureRole
)

var roleNames = []string{"none", "direct_identifier", "pseudonymous_key", "quasi_identifier", "sensitive_attribute", "measure"}

func (r Role) String() string { return roleNames[r] }

func parseRole(name string) Role {
	for i, n := range roleNames {
		if n == name {
			return Role(i)
		}
	}
	return NoRole
}

// Basis says on what a role rests.
type Basis uint8

// The bases of a role.
const (
	ByNothing Basis = iota
	ByName
	ByContent
	ByBoth
	Stated      // by the steward
	ByNameAlone // the values are of another type than the name says
)

var basisNames = []string{"none", "name", "content", "content_and_name", "stated", "name_alone"}

func (b Basis) String() string { return basisNames[b] }

// Column is what was measured of a column.
type Column struct {
	Name Name
	Type Type
	// DecimalComma tells that numbers have a comma.
	DecimalComma bool
	// Filled and Blank count the rows with and without a value.
	Filled, Blank int64
	// Distinct is the number of different values; exact, or an estimate with a
	// standard error of 1.6 %.
	Distinct int64
	Exact    bool
	// Figures tells that a column of a table shows figures, Hidden how many of its
	// cells are left open, blank ones included.
	Figures bool
	Hidden  int64
	// Constant columns have one value in all rows; Unique ones a different one in
	// each.
	Constant, Unique bool
	// Longest is the length of the longest value in characters.
	Longest int64
	// FreeText tells that people wrote the values.
	FreeText bool
	// Links is the share of values that are web addresses.
	Links float64
	// Precision is the precision of dates and times.
	Precision detect.Precision
	// Metres is the finest difference between positions, or 0.
	Metres float64
	// Formula counts values that a spreadsheet would take for a formula.
	Formula  int64
	Findings Findings

	Role  Role
	Basis Basis
	// Attribute is the entry of the lexicon or the attribute that the name
	// matches.
	Attribute ID
	// Quasi tells that the column is one of those taken together.
	Quasi bool
}

// Verdict is what a finding says of a column.
type Verdict uint8

// The verdicts.
const (
	Possible Verdict = iota + 1 // shaped values, no more valid ones than by chance
	Contains
	Is
)

var verdictNames = []string{"", "possible", "contains", "is"}

func (v Verdict) String() string { return verdictNames[v] }

// Finding is a kind of value found in a column.
type Finding struct {
	Kind    detect.Kind
	Verdict Verdict
	detect.Count
	// Expected is how many valid values chance would give among the shaped ones.
	Expected float64
	// Persons tells that such values point to people.
	Persons bool
}

// Findings are the findings of a column, in the order of the kinds.
type Findings []Finding

// Scenario is a set of columns that somebody may know, and the groups of
// records that look alike in them.
type Scenario struct {
	ID      ID
	Columns []Name
	// K is the size of the smallest group.
	K           int
	Classes     int
	Uniques     int
	UniqueShare float64
	// Below has the number of records in groups of fewer than 3, 5 and 10.
	Below3, Below5, Below10 int
	MeanRisk                float64
	// Theta is the probability that a unique match is a correct one; nil when it
	// cannot be said.
	Theta *disclosure.DIS
	// Expected is about how many records of a sample would rightly be recognised by
	// somebody who looks for them in the population, Risky how many of them with
	// more than the probability that the rules call high; both are estimates, and
	// nil when the file is the population.
	Expected *float64
	Risky    *int
}

// Sensitive is what groups of alike records tell of a sensitive column.
type Sensitive struct {
	Column Name
	// L is the fewest different values in a group; of groups with one record it is
	// always one, so Homogeneous counts the records of larger groups that all have
	// the same value.
	L           int
	EntropyL    float64
	T           float64
	Homogeneous int
	// TOrdered is T for numbers, whose values are the farther apart the more lie
	// between them; nil for other columns.
	TOrdered *float64
}

// Contributions say which columns make records stand out.
type Contributions struct {
	// Rows is the number of records looked at; Sampled tells that they are a part.
	Rows    int
	Sampled bool
	Columns []Contribution
}

// Contribution is the share of a column in what makes records stand out, 0 to 1.
// Shares add up to more than 1, since columns stand out together.
type Contribution struct {
	Column Name
	Share  float64
}

// Combinations are the sets of columns that tell records apart best.
type Combinations struct {
	Worst []Combination
	// Keys are the smallest sets of columns that make every record unique.
	Keys [][]Name
	// Sampled tells that the ranking rests on a part of the rows; the figures are
	// of all of them.
	Sampled bool
}

// Combination is a set of columns.
type Combination struct {
	Columns     []Name
	K, Uniques  int
	UniqueShare float64
}

// Change is the effect of one change on the groups of the scenario with all
// quasi-identifiers.
type Change struct {
	Recoding ID
	Code     ID
	Column   Name
	// With are the columns that say the same and are dropped with it.
	With    []Name
	K       int
	Uniques int
	Below5  int
	// UniqueShare is the share of unique records afterwards.
	UniqueShare float64
	// TrackShare is the share of people whom their events single out afterwards;
	// nil when the change does not concern them.
	TrackShare *float64
}

// Tracks say how few of a person's own events single the person out. Persons and
// points are drawn: all shares are of a sample.
type Tracks struct {
	// Points are the columns that make a point; Place tells that one is a place.
	Points []Name
	Place  bool
	// People is the number of persons in the file.
	People int
	// Known has the result for one known point, two, and so on.
	Known []TrackPoint
}

// TrackPoint is the result for a number of known points: how many persons were
// drawn of those with so many, and of how many of them nobody else has the same.
type TrackPoint struct {
	Points, Drawn, Unique int
	Share                 float64
}

// Plan is a set of changes and what they lead to together.
type Plan struct {
	// ID is the way in which it was looked for.
	ID ID
	// Goal is the size that every group was to reach.
	Goal    int
	Changes []Change
	// Reached tells whether the goal is reached, Proven that no smaller set would.
	Reached, Proven bool
	K               int
	Uniques         int
	UniqueShare     float64
	// TrackShare is the share of people whom their events still single out, or nil.
	TrackShare *float64
	// Dropped and Coarser are the numbers of columns dropped and made coarser, Groups
	// how many groups that can be told apart are left: what the plan costs.
	Dropped, Coarser, Groups int
	// Removed is the number of records that are still in small groups and are taken
	// out; the other figures are of those that stay.
	Removed int
}

// Cells are the counts of a column of counts.
type Cells struct {
	Column Name
	// Smallest is the smallest count above zero, at most one more than the limits that
	// it is held against, and than 20.
	Smallest int
	Ones     int64
	Below3   int64
	Below5   int64
	Below10  int64
	// Hidden is the number of cells without a count.
	Hidden int64
}

// Totals are the totals of a table of figures and what they give away.
type Totals struct {
	// Columns are the dimensions with a total; Beside tells that a column of
	// figures is the total of others.
	Columns []Name
	Beside  bool
	// Hidden is the number of cells without a figure, Recoverable how many of them
	// can be worked out from totals and are not 0, LeftOut how many cells that have
	// no row in the file can.
	Hidden, Recoverable, LeftOut int
	// Complete is false when more may be recoverable.
	Complete bool
}

// Dominance is how far the sums of a column rest on a few contributors. Of all
// cells, Fewest is the smallest number of contributors, Share the largest share of a
// sum that its largest contributors make up, and Estimate the smallest share of the
// largest contribution to within which the second largest can work it out; the last
// two are nil where contributors are only counted.
type Dominance struct {
	Column Name
	// Contributors is the column that tells contributors apart, or with Counted
	// the one that says how many there are.
	Contributors Name
	Counted      bool
	// By are the columns that tell the cells apart.
	By []Name
	// Cells is the number of cells with a sum, Unsafe how many of them a rule calls
	// unsafe, Few how many have too few contributors.
	Cells, Unsafe, Few int
	Fewest             int
	Share, Estimate    *float64
}

// Limit is a reason why something is not known.
type Limit uint8

// The limits.
const (
	LimitNames    Limit = iota // names are recognised by lists and headers only
	LimitQuasi                 // which columns are quasi-identifiers was suggested, not stated
	LimitSheets                // other sheets of the workbook were not read
	LimitTooMany               // more quasi-identifiers than are taken together
	LimitWide                  // a column has too many values for changes to be tried
	LimitNoQuasi               // no quasi-identifier was found
	LimitMemory                // the groups did not fit into the memory allowed
	LimitEncoding              // parts in another encoding
	LimitMedia                 // links to files whose content was not looked at
	LimitRows                  // what a row is was not said
	LimitEntity                // which rows are of one person was not said
	LimitTotals                // rows that may be totals were taken for data
	LimitCells                 // the cells of a table could not be told apart
	LimitNegative              // figures below zero
)

var limitNames = []string{"names_by_lists", "quasi_identifiers_suggested", "other_sheets", "too_many_quasi_identifiers", "too_many_values", "no_quasi_identifiers", "memory", "mixed_encoding", "linked_files", "row_meaning", "events_of_persons", "possible_totals", "cells_not_apart", "negative_figures"}

func (l Limit) String() string { return limitNames[l] }
