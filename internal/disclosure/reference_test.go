package disclosure

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// adultFile is the Adult data of the UCI repository, 32,561 records.
const adultFile = "../../../shared/corpus/tables/pycanon_adult.csv"

// coded numbers the values of each column in the order of their appearance.
func coded(t testing.TB, columns map[string][]string, order ...string) *Table {
	t.Helper()
	var out []Column
	for _, name := range order {
		codes, _ := encode(columns[name])
		out = append(out, Column{name, codes})
	}
	table, err := NewTable(out...)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func encode(values []string) (*Codes, map[string]uint32) {
	codes, number := new(Codes), map[string]uint32{}
	for _, v := range values {
		c, ok := number[v]
		if !ok {
			c = uint32(len(number))
			number[v] = c
		}
		codes.Append(c)
	}
	return codes, number
}

// adult reads the Adult data; with complete only the records without a missing
// value, which are those that ARX is tested with.
func adult(t testing.TB, complete bool) (map[string][]string, []string) {
	t.Helper()
	f, err := os.Open(filepath.FromSlash(adultFile))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the corpus is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for _, row := range rows[1:] {
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		if complete && slices.Contains(row, "?") {
			continue
		}
		for i, name := range rows[0] {
			columns[name] = append(columns[name], row[i])
		}
	}
	return columns, rows[0]
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}

func classes(t testing.TB, table *Table, columns ...string) *Classes {
	t.Helper()
	c, err := table.Classes(t.Context(), columns...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestAdultARX has the figures of the tests of ARX (TestRiskMetrics) for its nine
// attributes of Adult.
func TestAdultARX(t *testing.T) {
	columns, _ := adult(t, true)
	table := coded(t, columns, "sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation", "salary-class")
	h := classes(t, table, table.Columns()...).Histogram
	near(t, "number of records", float64(h.Records()), 30162, 0)
	near(t, "mean risk", h.MeanRisk(), 0.6465751607983555, 1e-15)
	near(t, "unique share", h.UniqueShare(), 0.5142895033485844, 5e-5)
	near(t, "smallest class", float64(h.K()), 1, 0)
}

// TestAdultColumns has what is known of the columns of Adult: the number of the
// education says the same as its name, and no three columns are a key.
func TestAdultColumns(t *testing.T) {
	columns, names := adult(t, false)
	table := coded(t, columns, names...)
	dependencies, err := table.Dependencies(t.Context(), names...)
	if want := []Dependency{{"education", "education-num"}, {"education-num", "education"}}; err != nil || !slices.Equal(dependencies, want) {
		t.Errorf("dependencies %v, %v", dependencies, err)
	}
	c, err := table.Combinations(t.Context(), names, Search{MaxSize: 3, Keep: 1})
	if err != nil {
		t.Fatal(err)
	}
	if c.CountedOnRows != 32561 || len(c.Keys) > 0 || len(c.Worst) != 3 {
		t.Errorf("got %+v", c)
	}
	for _, w := range c.Worst {
		if !slices.Contains(w.Columns, "fnlwgt") {
			t.Errorf("%v identify more than the sampling weight, which is almost a number of its own", w.Columns)
		}
	}
}

// TestDistinction has the figures that ARX's tests (TestRiskQuasiIdentifiers) work
// out by hand.
func TestDistinction(t *testing.T) {
	table := coded(t, map[string][]string{
		"age": {"20", "30", "40", "20", "40"}, "sex": {"F", "F", "F", "M", "M"}, "state": {"CA", "CA", "TX", "NY", "CA"},
	}, "age", "sex", "state")
	for _, c := range []struct {
		columns     []string
		distinction float64
	}{
		{[]string{"sex"}, .4},
		{[]string{"state"}, .6},
		{[]string{"age"}, .6},
		{[]string{"sex", "state"}, .8},
		{[]string{"age", "sex"}, 1},
		{[]string{"age", "state"}, 1},
		{nil, .2},
	} {
		h := classes(t, table, c.columns...).Histogram
		near(t, strings.Join(c.columns, "+")+" distinction", h.MeanRisk(), c.distinction, 0)
	}
}

// guide is the example of the SDC Practice Guide (IHSN, World Bank), tables 4.1
// to 4.5.
func guide(t testing.TB) *Table {
	return coded(t, map[string][]string{
		"Residence": {"U", "U", "U", "U", "R", "U", "U", "U", "U", "U"},
		"Gender":    {"F", "F", "F", "M", "F", "M", "F", "M", "F", "F"},
		"Education": {"SI", "SI", "PI", "SC", "SC", "SC", "PC", "PS", "SI", "SI"},
		"Labor":     {"E", "E", "N", "E", "U", "E", "N", "U", "N", "N"},
		"Health":    {"y", "y", "y", "y", "y", "n", "n", "y", "n", "y"},
	}, "Residence", "Gender", "Education", "Labor", "Health")
}

func TestPracticeGuide(t *testing.T) {
	table := guide(t)
	keys := []string{"Residence", "Gender", "Education", "Labor"}
	c := classes(t, table, keys...)
	near(t, "records that violate 2-anonymity", float64(c.Histogram.Below(2)), 4, 0)
	near(t, "records that violate 3-anonymity", float64(c.Histogram.Below(3)), 10, 0)
	s, err := c.Sensitive("Health", nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "l", float64(s.DistinctL), 1, 0)
	// Records 1 and 2 share a class and a value; the four unique records are kept
	// apart.
	near(t, "homogeneous records", float64(s.HomogeneousRecords+c.Histogram.Uniques()), 6, 0)
	near(t, "homogeneous classes", float64(s.HomogeneousClasses), 1, 0)

	// The classes by the records of the population that they stand for.
	var risks []riskCount
	want := 0.0
	for _, c := range []struct {
		records    int
		population float64
		risk       float64
	}{{2, 360, 0.005424520}, {2, 262, 0.007403834}, {2, 152, 0.012563425}, {1, 215, 0.025096439}, {1, 215, 0.025096439}, {1, 186, 0.028247279}, {1, 180, 0.029010932}} {
		got := IndividualRisk(c.records, c.population)
		near(t, "individual risk", got, c.risk, 6e-10)
		risks = append(risks, riskCount{got, c.records})
		want += c.risk * float64(c.records)
	}
	individual := individual(risks, Estimate)
	near(t, "expected re-identifications", individual.Expected, want, 1e-8)
	near(t, "largest individual risk", individual.Max, 0.029010932, 6e-10)
	for limit, n := range map[float64]int{0.005: 10, 0.0055: 8, 0.0075: 6, 0.0126: 4, 0.0252: 2, 0.0283: 1, 0.03: 0} {
		near(t, "records above a risk", float64(individual.Above(limit)), float64(n), 0)
	}

	sample := &Table{rows: table.rows, columns: table.columns[:4]}
	scores := sudaScores(t, sample, 4)
	if want := []float64{0, 0, 6, 0, 12, 0, 6, 10, 0, 0}; !slices.Equal(scores, want) {
		t.Errorf("SUDA scores %v, want %v", scores, want)
	}
}

func sudaScores(t *testing.T, table *Table, size int) []float64 {
	t.Helper()
	scores, weight := make([]float64, table.rows), sudaWeights(len(table.columns), size)
	err := table.minimalUniques(t.Context(), size, func(set string, minimal bitmap) {
		minimal.each(func(row int) { scores[row] += weight[len(set)-1] })
	})
	if err != nil {
		t.Fatal(err)
	}
	return scores
}

// TestIndividualRiskSdcMicro has the figures of the tests of sdcMicro
// (test_indivRisk.R).
func TestIndividualRiskSdcMicro(t *testing.T) {
	for _, c := range []struct {
		f          int
		population float64
		want       float64
	}{
		{3, 108, 0.01369863}, {1, 45.5, 0.08579129}, {1, 17, 0.17707583}, {2, 100, 0.01877883}, {1, 123.5, 0.03931625}, {4, 4, 0.25}, {1, 1, 1},
	} {
		near(t, "risk of "+strconv.Itoa(c.f), IndividualRisk(c.f, c.population), c.want, 6e-9)
	}
}

// TestSUDA is the book example of the tests of sdcMicro.
func TestSUDA(t *testing.T) {
	table := coded(t, map[string][]string{
		"age": {"20", "20", "20", "20", "20", "20", "20", "60"}, "gender": {"m", "m", "m", "m", "f", "f", "f", "m"},
		"income": {"+", "+", "-", "-", "-", "-", "-", "-"}, "education": {"hs", "hs", "hs", "hs", "u", "hs", "ms", "u"},
	}, "age", "gender", "income", "education")
	if got, want := sudaScores(t, table, 4), []float64{0, 0, 0, 0, 4, 2, 6, 8}; !slices.Equal(got, want) {
		t.Errorf("SUDA scores %v, want %v", got, want)
	}
	c, err := table.Contributions(t.Context(), table.Columns(), 4, 0)
	if err != nil {
		t.Fatal(err)
	}
	// The score of 20: gender with education 2 for each of records 5, 6 and 8, age
	// with education 2 (record 5), education 6 (7), age 6 (8).
	want := []Contribution{{"education", 14. / 20, 4}, {"age", 8. / 20, 2}, {"gender", 6. / 20, 3}, {"income", 0, 0}}
	if c.Records != 4 || !slices.Equal(c.Columns, want) || c.Basis != Exact {
		t.Errorf("got %+v", c)
	}
}

// TestClosenessPublished has the distances that the paper on t-closeness (Li et
// al. 2007, section 4) works out for salaries of 3k to 11k: 0.375 for 3k, 4k, 5k
// and 0.167 for 6k, 8k, 11k; and of the class with 3-diverse disease.
func TestClosenessPublished(t *testing.T) {
	salary := []string{"3", "4", "5", "6", "11", "8", "7", "9", "10"}
	rank := func(number map[string]uint32) []uint32 {
		out := make([]uint32, len(number))
		for v, c := range number {
			n, _ := strconv.Atoi(v)
			out[c] = uint32(n - 3)
		}
		return out
	}
	codes, number := encode(salary)
	for _, c := range []struct {
		class []string
		want  float64
	}{
		{[]string{"3", "4", "5"}, 0.375},
		{[]string{"6", "8", "11"}, 1. / 6},
	} {
		m := newSensitivity(codes, rank(number))
		var rows []uint32
		for _, s := range c.class {
			rows = append(rows, uint32(slices.Index(salary, s)))
		}
		m.class(rows)
		near(t, "distance of "+strings.Join(c.class, ", "), *m.out.TOrdered, c.want, 1e-12)
		near(t, "equal distance", m.out.T, 6./9, 1e-12)
	}
}

// TestInpatients is the example of the paper on l-diversity (Machanavajjhala et
// al. 2007, figures 1 and 2): twelve patients, 4-anonymous, the last four of
// whom all have cancer.
func TestInpatients(t *testing.T) {
	table := coded(t, map[string][]string{
		"group":     {"a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "c", "c"},
		"condition": {"heart", "heart", "viral", "viral", "cancer", "heart", "viral", "viral", "cancer", "cancer", "cancer", "cancer"},
	}, "group", "condition")
	c := classes(t, table, "group")
	s, err := c.Sensitive("condition", nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "k", float64(c.Histogram.K()), 4, 0)
	near(t, "l", float64(s.DistinctL), 1, 0)
	near(t, "entropy l", s.EntropyL, 1, 0)
	near(t, "alpha", s.Alpha, 1, 0)
	near(t, "homogeneous records", float64(s.HomogeneousRecords), 4, 0)
	near(t, "t", s.T, 7./12, 1e-15)
	near(t, "beta", s.Beta, 12./5-1, 1e-15)
	near(t, "delta", s.Delta, math.Log(12./5), 1e-15)
}

// TestRareValue has the figures of the tests of pyCANON for the mathematics
// scores of students: among 72 records one is unique and has a score that nobody
// else has, which makes beta 71 and delta the logarithm of 72.
func TestRareValue(t *testing.T) {
	class, score := make([]string, 72), make([]string, 72)
	for i := range class {
		class[i], score[i] = strconv.Itoa(i/6), strconv.Itoa(50+i%8)
	}
	class[71], score[71] = "alone", "99"
	s, err := classes(t, coded(t, map[string][]string{"class": class, "score": score}, "class", "score"), "class").Sensitive("score", nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "beta", s.Beta, 71, 1e-12)
	near(t, "delta", s.Delta, 4.276666119016055, 1e-12)
	near(t, "t", s.T, 71./72, 1e-15)
	near(t, "homogeneous records", float64(s.HomogeneousRecords), 0, 0)
}
